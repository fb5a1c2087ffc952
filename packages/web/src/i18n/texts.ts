/** What is written in the console: English is the pattern, and a text missing in Korean or Japanese does not compile. */
import { agreements } from './en/agreements.ts'
import { desk } from './en/desk.ts'
import { exchange } from './en/exchange.ts'
import { federation } from './en/federation.ts'
import { guide } from './en/guide.ts'
import { identity } from './en/identity.ts'
import { logistics } from './en/logistics.ts'
import { shell } from './en/shell.ts'
import { ui } from './en/ui.ts'
import { agreements as agreementsJa } from './ja/agreements.ts'
import { desk as deskJa } from './ja/desk.ts'
import { exchange as exchangeJa } from './ja/exchange.ts'
import { federation as federationJa } from './ja/federation.ts'
import { guide as guideJa } from './ja/guide.ts'
import { identity as identityJa } from './ja/identity.ts'
import { logistics as logisticsJa } from './ja/logistics.ts'
import { shell as shellJa } from './ja/shell.ts'
import { ui as uiJa } from './ja/ui.ts'
import { agreements as agreementsKo } from './ko/agreements.ts'
import { desk as deskKo } from './ko/desk.ts'
import { exchange as exchangeKo } from './ko/exchange.ts'
import { federation as federationKo } from './ko/federation.ts'
import { guide as guideKo } from './ko/guide.ts'
import { identity as identityKo } from './ko/identity.ts'
import { logistics as logisticsKo } from './ko/logistics.ts'
import { shell as shellKo } from './ko/shell.ts'
import { ui as uiKo } from './ko/ui.ts'

const english = {
  shell,
  ui,
  desk,
  exchange,
  agreements,
  federation,
  identity,
  logistics,
  guide,
}

export type Namespace = keyof typeof english
type Translation = { readonly [N in Namespace]: Readonly<Record<keyof (typeof english)[N], string>> }

const korean: Translation = {
  shell: shellKo,
  ui: uiKo,
  desk: deskKo,
  exchange: exchangeKo,
  agreements: agreementsKo,
  federation: federationKo,
  identity: identityKo,
  logistics: logisticsKo,
  guide: guideKo,
}
const japanese: Translation = {
  shell: shellJa,
  ui: uiJa,
  desk: deskJa,
  exchange: exchangeJa,
  agreements: agreementsJa,
  federation: federationJa,
  identity: identityJa,
  logistics: logisticsJa,
  guide: guideJa,
}

export const texts = { en: english, ko: korean, ja: japanese }

/** `item_one` and `item_other` are asked for as `item`, with a `count`. */
type Stem<Key> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key
export type TextKey<N extends Namespace> = Stem<keyof (typeof english)[N] & string>
