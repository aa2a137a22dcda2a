/**
 * The passwords that are tried first: what a choice is held against. Not a list of breached passwords.
 * Source: `frequency_lists.js` of zxcvbn 4.4.2 (MIT, copyright 2012–2016 Dan Wheeler and Dropbox, Inc.), list `passwords`: of
 * its first 5,000 those of five letters or more, and of all 30,000 those of twelve characters or more. In alphabetical order.
 */
export const commonPasswords = `
010203040506 012345678910 014702580369 01telemike01 102030405060 1111111111zz 111222333000 111222333444555
112233445566 122333444455555 123123qweqwe 123321456654 123321qweewq 123456654321 123456782000 1234567887654321
123456789000 12345678900987654321 1234567890987654321 1234567890qaz 1234567890qw 1234567890qwe
1234567890qwerty 1234567890zzz 123456789101 123456789123 1234567892000 12345678987654321 123456789987654321
123456789abc 123456789asd 123456789qaz 123456789qqq 123456789qwe 123456789qwer 123456789qwerty 123456789zxc
1234567qwertyu 123456qwerty 1234qwerasdf 1234qwerasdfzxcv 123qwe456rty 123qweasdzxc 123qwerty123 12qw34er56ty
159753456852 1a2s3d4f5g6h 1q2w3e4r5t6y 1qa2ws3ed4rf 1qa2ws3ed4rf5tg 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc
1qazxsw23edcvfr4 23176djivanfros 31217221027711 32615948worms 41d8cd98f00b 4815162342lost 541233432442
59382113kevinp 742617000027 89231243658s 89876065093rax a1s2d3f4g5h6 aaasss aaliyah aardvark abc123456789
aberdeen abgrtyu abnormal abrakadabra absolut abstr access accord achilles achtung acmilan action acura adgjmp
adgjmptw adidas admin admin18533362 adonis advent aezakmi aggies aikido aikman airborne airbus airforce
airplane airwolf akira alabama aladin alaska albany albatros albion alejandr aleksandr aleksandra aleksey
alenka alessandro alexande alexandr alexandre alexey alexis alibaba aliens allmine allsop allstar aloha alpha
alphabet alpine altima alucard amadeus amadeusptfcor amand amateur amateurs amazon americ america amerika
amigo amorcit amore amsterda amsterdam an83546921an13 anaconda anakin analsex anarchy anastasi anastasiya
andrei andrewjackie andrey andromed andromeda anfield angel angels angelus angus anhyeuem animal anime
antananarivu antares antelope anthon anthrax antoni anubis apache apollo apple applepie apples aptiva aquarius
aragorn aramis arcadia argentin aries arizona arjay armada armagedon armani armstron arrow arrows arsenal
artem artemis artemka artur asdasd asddsa asdfasdf asdfg asdfgh asdfgh123456 asdfghj asdfghjk asdfghjkl
asdfghjkl123 asdfjkl asdfzxcv asdqwe asdzxc asgard ashle asians asimov aspen aspire aspirine assasin assassin
assfuck asshole assholes assman assword asterix astra astral astro astros athlon atlanta atlantis atomic
attila auburn auckland2010 auditt auggie aussie austin australi avalanch avalon avatar avenger avrillavigne
awesome azamat azazel azerty azsxdc azsxdcfv babes babyblue babyboy babydoll babyface babygirl babylon
babylove bacardi bacchus backdoor badass badboy baddog badger badgers badgirl badman baggins baggio bagira
bahamut baller ballin balloon balloons balls bambam bamboo banana bananas banane bandit banger bangkok banker
banner banshee banzai barbados barbie barcelon barcelona barefoot baritone barkley barney barselona barsik
bartman basebal baseball basket basketba basset bassman bastard batman bayern bcfields beaches beagle beaker
beamer beaner beanie bearcat bearcats beardog beast beastie beater beatle beatles beautifu beauty beaver
beavis beckham beefcake beemer beerman beetle belmont benfica bengals beowulf beretta bergkamp berlin bestbuy
bhbirf biatch bicycle bigass bigballs bigbang bigbear bigben bigbird bigblock bigblue bigbob bigboobs bigbooty
bigboss bigboy bigbutt bigcat bigcock bigdaddy bigdawg bigdick bigdog bigfish bigfoot biggie biggles bigguy
bighead bigmac bigman bigmike bigmoney bigone bigones bigpimp bigpoppa bigred bigsexy bigtime bigtit bigtits
biker bikini bilbo billybob billyboy bimmer bingo binladen birddog birdie birdman biscuit bismillah bitch
bitchass bitches bitchy biteme bizkit blabla blackbir blackcat blackdog blackhaw blackie blackjac blackjack
blackout blacks blacky blade blades blahblah blaster blaze blazer blessed blessing blizzard blonde blondes
blondie blowfish blowjob blowme bltynbabrfwbz blueball bluebell bluebird blueboy bluedog blueeyes bluefish
bluejays bluemoon blues bluesky bluesman boater boating bobafett bobcat bobdole bobdylan boeing bogart bogdan
bogey bohica boiler bolitas bollocks bollox bologna bombay bomber bombers bondage bonehead boner bones bonjour
bonjovi bonkers bonsai boobie boobies booboo boobs booger boogie bookie bookworm boomboom boomer booster
bootie boots booty bootys boozer borabora boricua borussia bosco bossman boston bounce bounty bowler bowling
bowwow boxer boxers boxing boxster boy4u2ownnyc boytoy bpgjldsgjldthnf brando brandy brasil braves brazil
breast breasts breeze bremen bricks brighton bristol britney brodie broker bronco broncos brooklyn brownie
browns brucelee bruins bruiser brutus bubba bubbas bubble bubbles buceta bucket buckeye buckeyes buckshot
budapest buddah buddha buddie buddy buddyboy budlight budman budweise budweiser buffalo buffett bugger builder
bukkake bulldog bulldogs bullet bullfrog bulls bullseye bullshit bummer bumper bunghole bunnies bunny burger
burrito bushido businessbabe buste buster busty butch butter buttercu butterfl butterfly buttfuck butthead
butthole buttman buttons buzzard byteme cabbage cabron cactus cadillac caesar calgary calibra calico caliente
californ caligula calimero callisto callum camaro camaross cambiami camden camel camelot camels cameltoe
camero cameron camper canada cancer cancun candle candyman cannabis canon cantona canucks capecod capetown
capone capricor capricorn capslock captain caramel caravan cardinal carlito carlitos carnage carnival carolina
carpedie carpente carpet carrera carrot cartman cartoon casanova caserta casino casper cassandr cassie catdog
catfish catherin catman catwoman cavalier caveman cayman ccbill cdtnbr cdtnkfyf ceasar celeb celeron celica
celine celtic celtics cerberus cessna cevthrb cfitymrf cgfhnfr chainsaw challeng champ champion champs
changeme chaos charger chargers charli charlie charlott charlton charly charmed chaser cheater checkers
cheddar cheech cheeks cheers cheese cheetah chelse chelsea cherokee cherries cherry cheshire chester chevelle
chevrole chevrolet chevy chevys chewie cheyenne chiara chicago chichi chicken chickens chickenwing101 chicks
chico chiefs chilli chillin chilly chimera chinook chipmunk chipper chippy chivas chocha chocolat choochoo
chopin chopper chrisbln chriss chrissy christ christia christin christma christop christopher1 chrome chronic
chrono chrysler chuai chuang chubby chuckie chuckles chucky chunky ciccio cicero cigars cinder cinnamon
citadel citroen cjdthitycndj cjkysirj cjkywt clancy clapton clarinet classic classics claudi claymore clemson
cleopatr clevelan climber clipper clippers clitoris clouds clover clowns clutch cnfybckfd cobain cobalt cobra
cobras cocacola cocaine cocker cocks cocksuck coconut codered coffee cohiba coldbeer coldplay colnago colombia
colorado colors coltrane comanche combat123654 comet commande commando compaq compass compute computer conan
concord concorde concrete condom condor connect connor consumer contortionist cookie cookies coolcat cooldude
cooler coolguy coolio coolman coolness cooter copper corleone corndog corolla corona corperfmonsy corrado
corsair corvette cosmic cosmo cosmos cosworth cougar cougars counterstrike coventry cowboy cowboys coyote
cracker cramps crazybab creampie creamy creative cricket crimson critter crjhgbjy cruise cruiser crunch
crusader crusher crusty crysis cthtuf cthulhu cthutq ctrhtn cubbies cubswin cuddles cumming cumshot cunts
cupcake curious custom cutiepie cutlass cutter cxfcnmt cyber cyborg cyclone cyclops cygnus cypress dabears
daddyo daemon daewoo dagger dakota dalejr dallas dalshe dammit damnit dancer danger danie daniil danila danni
dannyboy danzig darkangel darklord darkman darkness darkside darkstar datsun davide davids daytona dbrnjh
dbrnjhbz deadhead deadman deadpool deejay deepthroat deeznuts deeznutz defender defiant deftones dejavu delete
delfin delight delphi delta deluxe denali deniska depeche derparol desert designer desire deskjet destin
destiny detroit deutsch devil devildog devilmaycry4 devils dexter dfcbkbq dfkthbz dfkthf dfktynby dfktynbyf
dfvgbh dharma diablo dialog diamond diamonds diaper dickhead dickie dicks diehard diesel dietcoke dieter
digger diggler digimon digital digitalprodu dilbert dildo dilligaf dimas dimples dinamo dinara dindom dingdong
dinosaur dipshit dirtbike disco discover disney diver divine django dkflbckfd dkflbr dkflbvbh dkflbvbhjdbx
dkflbvbhjdyf dmitriy doberman doctor dodger dodgeram dodgers dogbert dogboy dogcat dogface dogfood dogger
doggie doggy doghouse dogman dogpound dogshit dogwood doitnow dollar dolphin dolphins domainlock2005 dominik
dominion domino donkey dontknow donuts doobie doodle doofus doogie dookie doomsday dotcom doughboy dougie
dracula drago dragon dragonba dragonball dragons dragoon drakon draven dreamer dreams drifter driver drizzt
droopy drowssap drpepper drummer dthjybrf dublin ducati duchess duckie ducks duffman dumbass dundee dungeon
durango duster dutchess dynamite dynamo eagle eagles earnhard earthlink eastside eastwood eatme eatpussy
eatshit eclipse eduard eeyore eggman eggplant einstein ekaterina elcamino eldorado electra electric electro
electron elefant element elephant elizabet elizaveta emerald eminem empire enforcer engage engineer enigma
enrico enter enterme enterpri enterprise entropy epsilon eraser ericsson erotic erotica escort espresso
eternal eternity eureka europa evangelion everest everlast everton excalibu excalibur excite exigen exigent
exodus exotic explorer express extreme fabie fabric facial faggot fairlane falcon falcons fallen fallout
fandango fantasia fantasy fantomas farscape farside fastball faster fatass fatboy fatcat fatman fatty fearless
feather fender fenris fenway fergie fergus fernand ferrari ferret fester fetish fghtkm fgtkmcby ficken fidelio
fiesta figaro fighter filter finalfantasy finger fireball firebird firefigh firefly firefox fireman firewall
fishbone fishes fishhead fishin fishing fisting fitness fkbyjxrf fkmnthyfnbdf fktrcfylh fktrcfylhf
fktrcfylhjdbx fktrcfylhjdf fktrcfylhjdyf fktrctq fktyrf flames flamingo flanker flash flasher flatron fletch
flexible flipper floppy florian florida flounder flower fluffy flvbybcnhfnjh flyboy flyers flyfish foobar
footbal football forest foreve forever forfun formula forsaken fortuna foryou fossil foxtrot foxylady franc
francesc francisc franky freaks freaky freckles freddy frederiksberg freebird freedom freefall freepass
freeporn freesex freeuser freeway friday fright frisco frisky frodo frogger froggy frogman frontier frosty
fubar fucked fucker fuckers fuckface fuckhead fuckher fucking fuckinside fuckit fuckme fuckoff fucktheworld
fuckthis fucku fuckyo fuckyou fuckyoubitch fugazi fulham fullmoon funtime fusion fussball futbol fuzzy
fyfcnfcbz fyfnjkbq fylhtq fynfyfyfhbde fytxrf fyutkbyf gabrie gabriell gadget gaell gagged gagging galant
galaxy galina galore gambit gambler gameboy gamecock gamecube gameover gandalf ganesh gangbang gangsta
gangster garden garfield gargoyle garion gasman gateway gator gatorade gators gawker gbhfvblf gbpltw gegcbr
geheim gemini generic genesis genius georg geronimo gerrard gesperrt getmoney getout getsome gfhjkm
gfhjkmgfhjkm ghbdtn ghbdtnbr ghbdtnghbdtn ghbdtnrfrltkf ghblehjr ghbywtccf ghetto ghhh47hj7649 ghjcnj
ghjcnjgbpltw ghjcnjgfhjkm ghjcnjghjcnj ghjcnjnfr ghjcnjqgfhjkm ghjcnjrdfibyj ghjnbdjcnjzybt ghjuhfvvf ghost
ghostrider giants gideon giggles gilles ginger giorgi giorgio giraffe girls gizmo gizmodo gjkbyf gjkysqgbpltw
gladiato gladiator glamour glock gmoney goalie goaway gobears goblin goblue gobucks goddess godfathe godfather
godlike godsmack godzilla gofish goforit goirish golden goldfing goldfish goldstar goldwing golfball golfer
golfing goliath gollum gonavy gonzo goober goodboy goodgirl goodie goodluck goodtime goofy google gooner goose
gopher gordo gorilla gotcha goten gothic gotmilk gotohell govols granny grapes gratis grease greatone greenbay
greenday greenlantern greens gregor gremlin grendel gretzky griffey grinch gringo grizzly gromit groove groovy
groucho grumpy gryphon gtnhjdbx gtnhjpfdjlcr guang guardian guiness guinness guitar guitars gundam gunnar
gunner gunners gustav guyver gymnast gypsy habibi hacked hacker haggis hairy halflife halifax hallo hambone
hamburg hamish hamlet hammer hammers hamster handball handyman hannah hannibal hansolo happyday hardcock
hardcore harddick hardon hardone hardrock harlem harley harrypotter harvest havana havefun hawaii hawaiian
hawkeye hawkeyes hayabusa hd764nw5d7e1vb1 hearts heater heaven heckfy hedgehog hedimaptfcor heineken hejsan
hellboy hellfire hello hellokitty helloo hellos hellyeah helmet helmut helper helpme hendrix hentai herbie
hercules hermes hershey hesoyam hetfield hewlett heynow hidden highbury highheel highland highlander hiphop
hippie hitachi hithere hitler hitman hjccbz hjvfirf hobbes hobbit hockey hokies holiday hollywoo holycow
holyshit homeboy homerj homers homerun honda hondas honeybee hongkong honolulu hookem hooker hookup hooligan
hoops hoosier hoosiers hooter hooters hootie hopeful horizon horndog hornet hornets horney horny horse horses
hotbox hotboy hotdog hotgirls hotone hotpussy hotred hotrod hotsex hotshot hotstuff hottie hotties hounddog
hover hummer hunter hunting hurrican husker huskers huskies hustler hyperion iamgod iampurehaha2 ibanez
iceberg icecream icehouse iceman idontkno idontknow idunno iforget iforgot iguana ihateyou ijrjkfl illini
illusion iloveboobies iloveme ilovemyfamily ilovesex iloveu iloveyo iloveyou imation immortal impala impreza
incubus indiana indians indigo inferno infiniti infinity ingodwetrust insane insert insomnia inspiron install
installdevic installsqlst integra intel internet intrepid intruder inuyasha iomega ipswich irina irinka
irishka irishman ironmaiden ironman iscool iseedeadpeople islander istanbul italia itsme ivanov ivanova
iverson iwantu jabroni jackal jackass jackoff jackpot jagger jaguar jaguars jamaica jamesbon jamesbond
jamesbond007 jamess jammer jammin jarhead jasmine jasper jaybird jayden jayhawk jayhawks jazzman jefferso
jelly jellybea jennife jericho jerkoff jessic jester jethro jetski jewels jezebel jiang jiggaman jimbo jimbob
jingle jiong jktxrf jktymrf jockey joebob johann johannes johnboy johncena johndeer johndoe johngalt joker
jokers jonny jorda jordan josephin joshu jrcfyf jsbach jubilee juggalo juice juicy julien jumbo jumper junebug
jungle junior junkie jupiter justdoit justice justinbieber justme juventus kahuna kakashka kaktus kalina
kamikaze kamila kangaroo kansas karachi karate karina karolina kashmir kasper katana katarina katerina katrin
kawasaki kazantip keeper keepout kenshin kenwood kenworth kernel kerouac kestrel keyboard keystone keywest
kfgjxrf kfhbcf kickass kicker kidrock kieran killbill kille killer killers killjoy killme kilroy kimmie
kingfish kingkong kingpin kingston kinky kipper kirill kirsty kisses kissme kissmyass kitkat kitten kittens
kitty kittycat kittykat kjkszpj kjrjvjnbd klaste klaster kleopatra klingon knickers knicks knights knockers
knopka knuckles kodiak kojak kokomo kolobok komodo konstantin koroleva korova koshka kosmos kostya kotaku
kotenok krasotka krishna krolik krusty krypton ksenia ksusha ktyjxrf kuang kungfu labrador labtec lacrosse
ladybug laguna lakers lakeside lakewood lakota lalakers lambda lamer lancelot lancer lansing lantern laptop
larisa laser lassie lasvega lasvegas latinas latino laurent lazarus leather leavemealone ledzep leedsutd
legacy legend legion legolas lekker lemmein lemonade lennon leonid leopard leopold lesbian lesbians lespaul
lestat letmei letmein letsgo lexmark lexus lfybbk lhbjkjubz2957704 liang liberty licker licking lickit lickme
lifehack lighter lightnin lightning lights lindros lineage lionking liquid lithium liverpoo liverpool lizard
lobster logitech lokomotiv lolipop lollipop lollol lollypop london lonestar lonewolf longbow longdong longhorn
longjohn looker lookout looser loser losers lost4815162342 lotus lovebug loveit lovelife lovely loveme lover
loverboy lovers lovesex loveya loveyou lowrider ltybcrf lucifer lucky luckydog ludmila lumber lvbnhbq
lytghjgtnhjdcr macbeth macdaddy machine macman macross madcat maddie maddog madina madison madman madmax
madness madonna maestro magelan magellan maggi maggie maggot magic magician magick magicman magnet magneto
magnum magnus magpie magpies maiden mailcreated5240 mailman majestic makaveli maksim maksimka malachi malaka
malibu malice malina mallard mamamia mamapapa manchest manchester mancity mandarin mandingo mandrake manfred
mango maniac mankind manolo manowar manson mantis manutd maprchem56458 maradona marathon marcello margarit
marijuana marika marina marine mariners marines marino mariposa marius mariya marker markie markiz marlboro
marley marseill marseille martini maryjane masamune massimiliano massive maste master masterbaiting
masterbating masturbation matador matrix matteo matthe matthias mature maurolarastefy maveric maverick maxell
maxim maxima maxime maximus maxwell maxxxx mayday mayhem mazafaka mazda mclaren meatball meathead meatloaf
mechanic medic medion medusa medved megadeth megaman megane megapass megatron meister mellon mellow memorex
memphis menace mentor meowmeow mephisto mercedes mercury meridian merlin merlot mermaid mersedes messiah
metallic metallica mevefalkcakk mexico miami michae michaeljackson michigan mickey micro microlab micron
microphone microsof microsoft midget midnight midnite midway mighty mihail mikey milana milano milena milkman
millenium millwall minecraft minecraft123 mingus minime minnesota_hp mirage mischief misfit misfits mishka
mister mistress mittens mnbvcxz mobydick modena mollydog moloko molson momoney momsanaladventure monaco
monalisa monarch monday mondeo money moneyman moneys mongoose monitor monke monkey monkeybo monkeys monopoly
monster montana montreal moocow mookie moomoo moonbeam moondog moonligh moonlight moonshin moose mopar mordor
morganstanley moritz morpheus mortalkombat mortgage mortimer moscow moskva mother motherlode motorola mountain
mouse mozart msorcloledbr mudvayne muffin mulder mullet multiplelo munchkin muppet murzik musashi muscle
muscles mushroom musica musicman mustafa mustang mustangs mustard mybaby mydick mygirl mykids mylife mylove
myname mypass mypassword mystic naked namaste nanook napass napoli napster naruto nascar nasty nastya natali
natasha naughty nautilus navigator nazgul nbvjatq nebraska needforspeed nemesis nemvxyheqdd5oqxyxyzi neptune
netscape networkingpe nevada nevermind newbie newcastl newlife newpass newport newproject2004 newyork nextel
nfnmzyf nfytxrf nhecsyfujkjdt nhfdvfnjkju123 nhfycajhvths niang niceass niceguy nickel nicola nigga nigger
nightcrawler nikita nikitos nikola nikolai nikolay nimbus nimrod niners ninja ninjas nintendo nipper nipple
nipples nirvana nissan nitram nitro nofear nokia nolimit nomad nomore noname nondriversig noodle noodles
nookie nopass norwich nostromo notebook notused novell noway ntktajy nudes nudist nugget nuggets nutmeg
nuttertools nygiants nyjets nylons nymets oakland oasis oatmeal obelix oberon obiwan oblivion obsidian oceans
ohshit ohyeah oilers oksana olcrackmaster oldman olesya oliver olivier olympus omega onelove onetime onetwo
onion online onlyme ontheoutside opendoor openup operator optimus oracle orange oranges orchid orgasm orient
orioles orion osiris othello outkast outlaw overkill overlord oxford pacers packard packer packers pacman
paddle padres paintbal paintball pakistan paladin pallmall palmtree paloma panama panasoni panasonic pancho
panda pandora pantera panther panthers panties pantyhos panzer paolo papillon papito paradigm paradise paradox
paraklast1974 paramedi parol parola parrot pasadena pascal passat passion passme passport passwd passwor
password password1234 passwords passwordstandard passwort pasword patches patric patriot patriots paulie pavel
pavilion pavlov pdtplf peach peaches peachy peanut peanutbutter peanuts pearljam pebble pebbles pecker
peekaboo peewee pegasus pelican pencil penguin penguins penis penthous pentium pepito peppe pepper pepsi
persik pervert peterpan petrov petrova peugeot phantom pharmacy pheonix philippe philips phillies philly phish
phoeni phoenix photos phpbb pianoman picard picasso piccolo pickle pickles pickup picturs pigeon piggy piglet
pikachu pillow pimpin pinball pineappl pineapple pingpong pinhead pinkfloy pinkfloyd pinky pioneer pipeline
pippen pippo piramida pirate pirates pisces pissing pissoff pistol pistons pitbull pixies pizdec pizza pizzas
placebo planet plasma plastic platinum platypus playa playboy player playstat playstation playstation2
playstation3 playtime plumber pluto plymouth pobeda poison poiuyt poiuytrewq pokemon polaris police polina
polniypizdec0211 polniypizdec110211 polska pompey poncho pontiac poochie poodle poohbear pookie poontang
pooper poopie poopoo poopy pooter popcorn popeye popova popper poppy porkchop porno pornographic pornos
pornstar porsche portland portugal poseidon possum postal postman potato pothead powder preacher precious
predator prelude premium presario presiden presto primus prince princes princess pringles printer prissy
private privet prodigy prophet prowler proxy prozac psycho ptybnxtvgbjy puddin pudding puffin puffy pulsar
pumpkin pumpkins punisher punkin punkrock punksnotdead puppies puppy pupsik purdue purple pussey pussie
pussies pussy pussycat pussyman pussys putter pyramid python q1w2e3r4t5y6 q1w2e3r4t5y6u7 q1w2e3r4t5y6u7i8
q1w2e3r4t5y6u7i8o9p0 qawsed qawsedrf qawsedrftgyh qaz123wsx456 qazqaz qazws qazwsx qazwsxed qazwsxedc
qazwsxedc123 qazwsxedcrfv qazwsxedcrfvtgb qazxcv qazxsw qazxswedc qazxswedc123 qazxswedcvfr qazzaq qiang qiong
quantum quartz quasar quattro queens quest qwaszx qwaszxerdfcv qweasd qweasdzxc qweasdzxc123 qwedsa qweqwe
qwerasdf qwerasdfzxcv qwert qwertasdfgzxcvb qwerty qwerty123456 qwerty123456789 qwertyasdfgh qwertyu qwertyui
qwertyuio qwertyuiop qwertyuiop10 qwertyuiop12 qwertyuiop123 qwertyuiop12345 qwertyytrewq qwertz rabbit rabota
racecar racer racerx racing radiohea radiohead ragnarok raider raiders rainbow rainman raistlin rambler rambo
rammstein ramones rampage ramrod ramses rancid random ranger rangers raptor rascal rasmus rasputin rasta
rastaman ratman raven ravens razor rbhbkk rctybz reader realmadrid reaper rebel rebels reckless redalert
redbaron redbird redbull reddevil reddog reddwarf redeye redfish redfox redhat redhead redhot redline redman
redneck redrose redrum redskin redskins redsox redwing redwings redwood reebok reefer reflex reload remingto
renault renegade reptile rereirf rescue residentevil retard revolver rfhbyf rfnthbyf rfnthbyf1988 rfrfirf
rfrnec rfvfcenhf rhbcnbyf rhfcjnrf rhino rhjrjlbk rhtdtlrj ricard rightnow ripken ripper ripple rjhjktdf
rjirfrgbde rjntyjr rjycnfynby roadkill roadking roadrunn roadrunner roadster rober robocop robot robotech
robotics rocker rocket rockets rockford rockhard rockie rockies rockon rocks rockstar rodman rogue roller
rolltide romans romashka rommel ronaldo roofer rookie rooster rootbeer rosebud roswell rotten rover rovers
royals rtyuehe rubber rubble rulez rulezzz runaway runescape runner ruslan russia rustam sabbath sabine sabres
safari sahara saigon sailboat sailing sailor saints sairam saiyan sakura salamander salasana saleen salmon
salomon salope salsero samantha samiam samson samsun samsung samtron samurai sancho sandiego sandman sandrine
sandro sanfran sanfrancisco sanity santafe sapper sapphire saratoga sascha sassy sasuke satan satana saturn
saun24865709 sauron sausage sausages sayang scania scanner scarface scarlet schalke schoolgirlie scooby
scoobydo scoobydoo scooter scorpio scorpion scotch scotland scotty scout scrabble scrappy scream screamer
scruffy scuba scully seabee seadoo seagull seahawks seamus searay seattle sebastia secret security seeker
seemnemaailm seinfeld sekret select seminole semperfi senators seneca sensei sentinel septembe serega serenity
sergei sergey sergi serpent sersolution server sesame sevens severin sexgod sexsex sexual sexxx sexxxx sexxxy
sexxy sexyboy sexygirl sexylady sexyman shado shadow shaggy shalom shaman shamrock shamus shang shania shaolin
shark sharks sharky shasta shaved shazam shelby shemale sheng sherlock shibby shiloh shiner shinobi shitface
shithead shitty shocker shogun shooter shorty shotgun showme showtime shuai shuang shutup sidekick siemens
sierra sigma silver silverad simba simple simpsons sinatra sinbad sinister sinned sinner sirius sissy sithlord
sixers sixpack skate skater skeeter skibum skidoo skiing skillet skinny skipper skippy skittles skorpion
skydive skyhawk skylar skyler skyline skywalke skywalker slacker slamdunk slammer slapper slappy slapshot
slave slavik slayer sleeper sleepy slick slider slimshady slinky slipknot slippery slowhand slugger sluggo
sluts slutty smackdow smashing smeghead smegma smelly smiles smiley smirnoff smiths smitty smoke smoker smokes
smokey smokie smokin smooth smudge snake snakes snapon snapper snapple snappy snatch sneakers sneaky snickers
sniper snooker snoop snoopdog snoopy snowball snowboar snowboard snowflak snowman snuffy snuggles sobaka
soccer socrates softail softball software sojdlg123aljg soldier soleil solitude solnce sommer sonata sonic
sonics sonnenschein sonoma sonyericsson sonyfuck sooners sophi sophie soprano soulmate southpar southpark
southpaw sowhat spaceman spank spanker spanking spankme spanky spanner sparkle sparky sparta spartak spartan
spartans spawn speaker specialinsta specialk spectre spectrum speedo speedy sphinx spice spider spiderma
spiderman spidey spike spiker spikes spikey spinner spirit spitfire splash splinter spock sponge spongebo
spongebob spooky sporty spotty spring sprint sprinter sprite spunky spurs sputnik spyder squall squash squeak
squirrel squirt srinivas stalin stalker stallion stanislav starbuck starcraf starcraft stardust starfire
starfish stargate starligh starman starship starter startrek starwars stasik static stealth steeler steelers
stefano steffi stepan steph stephani stereo sterlin stickdaddy77 sticks sticky stiffy stimpy sting stinger
stingray stinker stinky stinkyfinger stocking stocks stonecol stonecold stoned stones stoney storm stormy
stranger stratocaster stratus strawber strawberry strider strike striker stripper stroker stryker stubby
studly studman stumpy stunner stupid stylus subaru sublime submit subway subzero success sucker suckers suckit
suckme suckmydick sucks sugar sultan summer summit sundance sunday sundevil sunfire sunflowe sunflower
sunnyday sunrise sunset sunshin sunshine super superb superfly superma superman supersta superstar surfer
surfing survivor sushi suzuki sveta svetik svetlana svoboda swallow sweetnes sweetness sweetpea sweets sweety
swimmer swimming swinger swingers swinging sword swordfis swordfish swords sydney sylveste syncmaster synergy
syracuse systemofadown syzygy tabasco tacobell tacoma taekwondo talisman talon tango tanker tardis target
tarheel tarheels tarzan tasty tatarin tattoo tatyana taurus taxman tazman tazmania tbone tdutybq tdutybz
teacher technics techno teddybea teddybear teens tekken telefon telephon tempest templar temppass temppassword
tenchi tennis tequila terminat terminator terrapin terror tester testing testpass thailand thanatos thankyou
theboss thecakeisalie thecat thecrow thecure thedog thedoors thedude theend thegame thegreat thekid theking
theman theone therock thesims thewho thirteen thisisit thoma thong thongs threesom thuglife thumbs thumper
thunder thunderb tiberius tiburon ticketmaster tickle tiger tigers tigge tigger tights timber timeout timosha
tinker tinkerbe tinkerbell tinman tintin tipper titan titanic titanium titans titleist titten titties titty
tkbpfdtnf toaster toejam toffee tokiohotel tolkien tomahawk tomato tomcat tommyboy toolman tootie tootsie
topcat topdog topgun tophat topher topper toriamos torino tornado toronto toshiba tottenha tottenham toyota
tracer tracker tractor trader trainer trance tranny transam translator trapper travel traveler treasure trebor
trfnthbyf triangle tricky trident trigger trinitro trinity tripod tripper triton triumph trixie trojan trojans
troll trombone trooper trouble truck trucker trucking trucks truelove trumpet trunks tsunami tuesday tulips
tunafish tundra tuning tupac turbo turkey turnip turtle tweety twiggy twilight twinkle twisted twister typhoon
ufkbyf ultima ultimate ultra umbrella umpire undead underdog undertak undertaker unicorn universa unreal
upyours uranus usarmy username usnavy utopia vacation vader vadim vagina valentin valentina valera valhalla
valkyrie vampir vampire vanguard vanhalen vanilla vanyarespekt varvara vasilisa vector vectra vedder vegeta
vehpbr velvet vendetta venera verbatim veritas verizon vermont veronika versace vertigo vette vfczyz vfhbyf
vfhbyfvfhbyf vfhecz vfhufhbnf vfibyf vfitymrf vfksirf vfrcbv vfrcbvrf vfrcbvvfrcbv vfvekz vfvfgfgf
vfvfvskfhfve vfvjxrf viagra victory viewsoni viewsonic viking vikings viktor viktoria viktoriya vintage
violetta violin viper vipers virgin vision vitalik vitamin vjcrdf vjkjrj vjqgfhjkm vkontakte vladik vladimir
vladimirovna vladislav volcom volkov volkswag volley volvo voodoo vortex voyager voyeur vsegda vulcan waffle
walleye walmart walnut walrus wanderer wanker wapbbs warcraft wareagle warez warhammer warhammer40k warlock
warlord warrior warriors warthog wasabi washingt wasser wassup watcher waterloo wazzkaprivet weasel webhompas
webmaste webmaster websolutions websolutionssu webuivalidat weezer weihnachtsbau weihnachtsbaum welcom welcome
welder werder werewolf westham westside westwood wetpussy whatever whatsup wheels whiskers whiskey whisky
whisper whistler whiteboy whiteout whitesox whitey whocares whore whosyourdaddy whynot wibble wicked wifey
wildbill wildcard wildcat wildcats wildfire wildman wildwood willow windmill windows windsor windsurf wingman
wingnut winner winston winter wisdom wishbone wizard wolfgang wolfie wolfman wolfpac wolfpack wolverin
wolverine wolves wombat woodie woodland woody woofer woofwoof woohoo wookie wordpass wormix wraith wrangler
wrench wrestle wrestlin wutang xanadu xavier xerxes xfiles xiang xtreme xxxp455w0rd5 xxxpass yamaha yankee
yankees ybrbnf ybrjkfq yeahbaby yellow yfcntymrf yfnfif yfnfkb yfnfkmz yjdsqgfhjkm yogibear yomama yosemite
yourmom yousuck yoyoma ytrewq yugioh yummy yzerman z1x2c3v4b5n6m7 zalupa zanzibar zaphod zappa zaq1xsw2cde3
zaqwsx zaqwsxcderfv zaqxsw zaqxswcde zaraza zarina zcfvfzkexifz zebra zenith zephyr zeppelin zerocool zheng
zhjckfd zhong zhuai zhuang zidane ziggy zigzag zildjian zipper zippo zippy zodiac zoloto zombie zorro
zqjphsyf6ctifgu zvezda zxcasd zxcasdqwe zxcasdqwe123 zxcvbn zxcvbn123456 zxcvbnm zxcvbnm123456789 zzzxxx
`
