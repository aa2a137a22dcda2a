import type { PageTexts } from '#i18n/page-texts.ts'
import { mayDo } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { Icon } from './icon.tsx'
import { menuOf } from './menu.ts'
import type { Key } from './shell.tsx'

type Props = { t: PageTexts; company: CompanyAccess | undefined }
type KeyMapProps = Props & {
  /** What the page is for. */
  about: string | undefined
  /** The page's own. */
  keys: readonly Key[]
}

/**
 * The command line, `Ctrl K` or `/`: one field for pages, vouchers by number or amount, accounts, parties and clients.
 * `web/islands/shell.ts` fills it; without script nothing opens it.
 */
export function Palette({ t, company }: Props) {
  const words = t.shell.palette
  return (
    <dialog
      class="ds-dialog hb-dialog hb-palette"
      id="palette"
      aria-label={words.title}
      data-find={company ? `/companies/${company.id}/find` : '/find'}
      data-nothing={words.nothing}
      data-failed={words.failed}
    >
      <form method="dialog">
        <Icon name="search" />
        <input
          type="text"
          name="text"
          placeholder={words.placeholder}
          aria-label={words.placeholder}
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-autocomplete="list"
          autocomplete="off"
          spellcheck={false}
        />
      </form>
      <div class="hb-palette-list" id="palette-list" role="listbox" aria-label={words.title} />
      <footer>
        <span>{words.hint}</span>
        <span>
          <kbd>Esc</kbd> {words.close}
        </span>
      </footer>
    </dialog>
  )
}

/** `F1` or `?`: what the page is for, and every key, in three groups. */
export function KeyMap({ t, company, about, keys: own }: KeyMapProps) {
  const { keys, areas } = t.shell
  const go = company ? menuOf(company).flatMap(({ entries }) => entries) : []
  const letters = own.filter(([cap]) => /^\p{Lu}$/u.test(cap))
  const enter = company && mayDo(company, 'ledger:post')
  return (
    <dialog class="ds-dialog hb-dialog" id="key-map" data-wide aria-labelledby="key-map-title">
      {about && (
        <section class="hb-about-page">
          <h2>{t.help.aboutPage}</h2>
          <p>{about}</p>
        </section>
      )}
      <h2 id="key-map-title" tabindex={-1} autofocus>
        {keys.title}
      </h2>
      <p>{keys.note}</p>
      <div class="hb-key-map">
        {letters.length > 0 && (
          <section>
            <h3>{keys.groups.page}</h3>
            <dl>
              {letters.map(([cap, does]) => (
                <Row caps={[cap]} does={does} />
              ))}
            </dl>
          </section>
        )}
        <section>
          <h3>{keys.groups.check}</h3>
          <dl>
            <Row caps={['↑', '↓']} does={keys.move} />
            <Row caps={['Enter']} does={keys.open} />
            {company && <Row caps={['←', '→']} does={keys.fold} />}
            <Row caps={['Esc']} does={keys.back} />
          </dl>
        </section>
        <section>
          <h3>{keys.groups.find}</h3>
          <dl>
            <Row caps={['F1']} does={t.help.title} />
            <Row caps={['Ctrl', 'K']} does={keys.palette} />
            <Row caps={['/']} does={keys.search} />
            {enter && !letters.some(([cap]) => cap === 'N') && <Row caps={['N']} does={areas.entry} />}
            {enter && <Row caps={['G', '+']} does={areas.entry} />}
            <Row caps={['G', 'K']} does={t.shell.areas.clients} />
            {go.map((entry) => (
              <Row caps={['G', entry.go]} does={areas[entry.area]} />
            ))}
          </dl>
        </section>
      </div>
      <form method="dialog" class="hb-form-actions hb-key-map-foot">
        <a class="ds-button" data-variant="tertiary" href="/help">
          {t.help.more}
        </a>
        <button class="ds-button" data-variant="secondary" type="submit">
          {keys.close}
        </button>
      </form>
    </dialog>
  )
}

const Row = ({ caps, does }: { caps: readonly string[]; does: string }) => (
  <div>
    <dt>{does}</dt>
    <dd>
      {caps.map((cap) => (
        <kbd>{cap}</kbd>
      ))}
    </dd>
  </div>
)
