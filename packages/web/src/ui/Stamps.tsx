/**
 * The two markings of an item as stamps, with the originator's name, exactly as the agreement writes them
 * (4.2).
 */
import type { z } from 'zod'
import type { StampsShape } from '#api/shapes.ts'
import { useText } from '../core/texts.ts'
import { Named } from './Named.tsx'
import { useShowsMarking } from './shownMarkings.ts'
import { uiWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import classes from './Stamps.module.css'

type StampsView = z.infer<typeof StampsShape>

interface StampProps {
  readonly marking: string
  /** The nation whose marking it is, if known. */
  readonly nation?: string
  readonly kind: 'original' | 'equivalent'
  readonly small?: boolean
}

/** The language of a marking, by its script, so that the browser picks the right glyphs. */
function languageOf(marking: string): string {
  if (/\p{Script=Hangul}/u.test(marking)) return 'ko'
  return /\p{Script=Han}/u.test(marking) ? 'ja' : 'en'
}

/** One marking. The originator's has a double frame, the equivalent a single one; both name their nation. */
export function Stamp({ marking, nation, kind, small = false }: StampProps) {
  const t = useText(uiWords)
  const nationName = useNationName()
  useShowsMarking(marking)
  const spoken =
    nation === undefined
      ? marking
      : t(kind === 'original' ? 'markedBy' : 'bears', { marking, nation: nationName(nation) })
  return (
    <span className={classes.stamp} data-kind={kind} data-small={small || undefined}>
      {nation !== undefined && (
        <span aria-hidden="true" className={classes.nation}>
          {nation}
        </span>
      )}
      <span aria-hidden="true" lang={languageOf(marking)}>
        {marking}
      </span>
      <span className={classes.spoken}>{spoken}</span>
    </span>
  )
}

/** Both stamps. `small` fits a table row. */
export function Stamps({ stamps, small = false }: { readonly stamps: StampsView; readonly small?: boolean }) {
  const t = useText(uiWords)
  const nationName = useNationName()
  return (
    <span className={classes.stamps} role="group" aria-label={t('stampsOf')}>
      {stamps.marking !== '' && (
        <Stamp marking={stamps.marking} nation={stamps.originator} kind="original" small={small} />
      )}
      {stamps.receiverMarking !== '' && (
        <Stamp marking={stamps.receiverMarking} nation={stamps.recipient} kind="equivalent" small={small} />
      )}
      {!small && (
        <span className={classes.originator}>
          <Named name={t('originator')}>
            <strong>{nationName(stamps.originator)}</strong>
          </Named>
        </span>
      )}
    </span>
  )
}
