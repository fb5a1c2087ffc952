/** The result of "verify now": every check in words, its outcome and its detail. */
import type { links } from '#api/links.ts'
import type { ReplyOf } from '#api/route.ts'
import { useText } from '../core/texts.ts'
import { Icon } from '../ui/icons.tsx'
import { linkWords } from './words.ts'
import { useNationName } from '../core/nations.ts'
import classes from './Links.module.css'

type Verification = ReplyOf<typeof links.verify>

interface Props {
  readonly result: Verification
  readonly partner: string
}

export function VerifyResult({ result, partner }: Props) {
  const t = useText(linkWords)
  const nationName = useNationName()
  const checkName = useCheckName()
  const broken = result.checks.filter((check) => !check.held).length
  const summary =
    broken === 0 ? t('verifyHeld', { count: result.checks.length }) : t('verifyBroken', { count: broken })
  const side = (check: string): string => {
    const isTheirs = check.startsWith('theirs') || check.startsWith('national.theirs')
    return isTheirs ? nationName(partner) : t('oursShort')
  }
  return (
    <div className={classes.verified} data-held={result.held} role="status">
      <p className={classes.verdict}>
        <Icon name={result.held ? 'tick' : 'stop'} /> {summary}{' '}
        {t('verifiedEntries', { count: result.entries })}
      </p>
      <ul className={classes.checks}>
        {result.checks.map((check) => (
          <li key={check.check} data-held={check.held}>
            <span className={classes.checkHeld}>
              <Icon name={check.held ? 'tick' : 'cross'} sizePx={15} />{' '}
              {check.held ? t('held') : t('notHeld')}
            </span>
            <span>
              {side(check.check)}: {checkName(check.check)}
            </span>
            <span className="exact">{check.detail}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** `ours.checkpoint.signature` → the check in words. */
function useCheckName(): (check: string) => string {
  const t = useText(linkWords)
  return (check) => {
    const [side = '', ...rest] = check.split('.')
    const isNational = side === 'national'
    switch (isNational ? rest.slice(1).join('.') : rest.join('.')) {
      case 'entries':
        return t('checkEntries')
      case 'root':
        return t('checkRoot')
      case 'checkpoint.root':
        return t('checkCheckpointRoot')
      case 'checkpoint.signature':
        return t('checkSignature')
      case 'checkpoint.cosignature':
        return t('checkCosignature')
      case 'signature':
        return isNational ? t('checkNationalSignature') : check
      case 'cosignature':
        return isNational ? t('checkNationalCosignature') : check
      default:
        return check
    }
  }
}
