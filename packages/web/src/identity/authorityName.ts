/** The word for an authority that binds the nation; a code that this build does not know stands as it is written. */
import { identity as english } from '../i18n/en/identity.ts'
import { useText } from '../i18n/index.ts'
import type { TextKey } from '../i18n/texts.ts'

export function useAuthorityName(): (authority: string) => string {
  const t = useText('identity')
  return (authority) => {
    const key = `authority_${authority}`
    return Object.hasOwn(english, key) ? t(key as TextKey<'identity'>) : authority
  }
}
