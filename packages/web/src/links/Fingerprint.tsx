/** The fingerprint of a link, large and in groups, to be read aloud and compared on two screens. */
import { useText } from '../core/texts.ts'
import { useNamed } from '../ui/Named.tsx'
import { linkWords } from './words.ts'
import classes from './Links.module.css'

export function Fingerprint({ text }: { readonly text: string }) {
  const t = useText(linkWords)
  const named = useNamed()
  return (
    <div>
      <p className={classes.fingerprint} aria-label={named(t('fingerprint'), text)}>
        {text.split(/\s+/).map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </p>
      <p className={classes.help}>{t('fingerprintHelp')}</p>
    </div>
  )
}
