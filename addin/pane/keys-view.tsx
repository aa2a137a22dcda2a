/** @jsxImportSource hono/jsx/dom */
import { useState } from 'hono/jsx/dom'
import { addinCommands as en } from '#i18n/en/addin-commands.ts'
import { addinMore as moreEn } from '#i18n/en/addin-more.ts'
import { fill } from '#i18n/format.ts'
import { addinCommands as nb } from '#i18n/nb/addin-commands.ts'
import { addinMore as moreNb } from '#i18n/nb/addin-more.ts'
import { KEYS } from '../manifest/shortcut-keys.ts'
import { type KeyChoice, LETTERS } from './key-choice.ts'
import { ownKeys } from './own-keys.ts'
import { Button, type ViewProps } from './parts.tsx'

/** The keys of the commands, each with a choice of letter where this Excel lets one choose. */
export function KeysView({ model, state: { locale } }: ViewProps) {
  const [told, tell] = useState('')
  const [chosen, setChosen] = useState<{ id: string; letter: string } | undefined>(undefined)
  const t = locale === 'nb' ? moreNb : moreEn
  const { commands } = locale === 'nb' ? nb : en
  const nameOf = (id: string) => commands[id as keyof typeof commands][0]!
  const change = async (work: Promise<readonly string[] | undefined>, keys = '') => {
    try {
      const given = (await work)?.map((id) => `${nameOf(id)}: ${ownKeys.shown(id)}`)
      tell(given ? given.join('. ') : fill(t.keysTaken, { keys }, locale))
    } catch {
      tell(t.keysFailed)
    }
    model.redraw()
  }
  const { choice } = ownKeys
  /** What is chosen is used when one says so: arrow keys choose each letter that they pass. */
  const use = async (by: KeyChoice, id: string, letter: string) => {
    await change(by.choose(id, letter), pressed(letter))
    setChosen(undefined)
    document.getElementById(fieldOf(id))?.focus() // the button is gone
  }
  return (
    <section>
      <h2>{t.keys}</h2>
      <p class="hb-quiet">{choice ? t.keysChoice : t.keysHelp}</p>
      <dl class="hb-pairs">
        {Object.values(KEYS).map((id) => (
          <div>
            <dt>{nameOf(id)}</dt>
            <dd>{choice ? letterChoice(choice, id) : <kbd>{ownKeys.shown(id)}</kbd>}</dd>
          </div>
        ))}
      </dl>
      <p role="status">{told}</p>
      {choice?.changed ? (
        <Button variant="tertiary" onClick={() => change(choice.reset())}>
          {t.keysReset}
        </Button>
      ) : null}
    </section>
  )

  function letterChoice(by: KeyChoice, id: string) {
    const letter = ownKeys.letters[id]!
    const value = chosen?.id === id ? chosen.letter : letter
    const apply = () => use(by, id, value)
    const waits = value !== letter
    return (
      <>
        <kbd>{ownKeys.held}</kbd>{' '}
        <select
          id={fieldOf(id)}
          aria-label={fill(t.keyOf, { command: nameOf(id) }, locale)}
          value={value}
          onChange={(event: Event) => setChosen({ id, letter: (event.target as HTMLSelectElement).value })}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Enter' && waits) apply()
          }}
        >
          {(LETTERS.includes(letter) ? LETTERS : [letter, ...LETTERS]).map((each) => (
            <option value={each}>{each}</option>
          ))}
        </select>
        {waits ? (
          <Button variant="secondary" onClick={apply}>
            {fill(t.keyUse, { keys: pressed(value) }, locale)}
          </Button>
        ) : null}
      </>
    )
  }
}
const pressed = (letter: string) => `${ownKeys.held} ${letter}`
const fieldOf = (id: string) => `key-${id}`
