/** Texts of the terms of agreements on information. */
import { texts } from '../../core/texts.ts'

export const termWords = texts('exchange/terms', {
  markings: ['Markings and their equivalents', '비밀 표지와 상응 표지', '秘密表示と対応する表示'],
  from: ['From', '제공국', '提供国'],
  to: ['To', '접수국', '受領国'],
  marking: ['Provider’s marking', '제공국 표지', '提供国の表示'],
  bears: ['Receiver’s marking', '접수국 표지', '受領国の表示'],
  choice: ['the releasing person chooses', '제공자가 선택', '提供者が選択'],
  purposes: ['Purposes', '목적', '目的'],
})
