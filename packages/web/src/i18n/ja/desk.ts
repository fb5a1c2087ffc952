/** 担当業務。 */
import type { desk as english } from '../en/desk.ts'

export const desk: Record<keyof typeof english, string> = {
  title: '担当業務',
  needs_one: '処理することが{{count}}件あります。',
  needs_other: '処理することが{{count}}件あります。',
  needsNone: '今、処理することはありません。',
  needsMe: '今、処理すること',
  waiting: '他の人を待つもの',
  information: '参考',
  needsMeEmpty: '処理することはありません。規則により求められることが、急ぐ順にここに現れます。',
  waitingEmpty: '待っているものはありません。',
  informationEmpty: '新しい知らせはありません。',
  keys: 'j・kで移動、Enterで開く、eで参考を確認済みにする',
  due: '期限',
  overdue: '期限超過',
  waitsOn: '{{who}}待ち',
  seenAll: 'すべて確認済みにする',
  firstStep: '報告を作成',
}
