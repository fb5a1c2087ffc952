/** The words of a report. Sentences take their values in braces, as in `{nation}`. */
import type { EvidenceReport, EvidenceVerdict } from '#wire/evidence/report.ts'
import type { Group, Words } from '#words/word.ts'
import * as item from './verifyItemWords.ts'

type CodeOf<List extends 'proved' | 'unproved'> = EvidenceReport[List][number]

export const verdicts = {
  proved: {
    en: 'PROVED. Everything in this file holds under the keys that you compared.',
    ko: '입증됨. 대조하신 키를 기준으로 이 파일의 모든 내용이 성립합니다.',
    ja: '証明済み。照合された鍵のもとで、このファイルのすべてが成り立ちます。',
  },
  keys_open: {
    en: 'NOT DECIDED. Everything in this file fits together, but its keys have not been compared with those that you hold.',
    ko: '미결. 이 파일의 내용은 서로 맞지만, 파일의 키를 보유하신 키와 아직 대조하지 않았습니다.',
    ja: '未決。このファイルの内容は整合していますが、その鍵がお手元の鍵とまだ照合されていません。',
  },
  broken: {
    en: 'BROKEN. Something in this file does not hold. Rely on nothing in it.',
    ko: '불성립. 이 파일에 성립하지 않는 것이 있습니다. 어느 부분도 신뢰하지 마십시오.',
    ja: '不成立。このファイルには成り立たないものがあります。どの部分も信頼しないでください。',
  },
} satisfies Readonly<Record<EvidenceVerdict, Words>>

export const headings = {
  broken: { en: 'What broke, and where', ko: '성립하지 않은 것과 그 위치', ja: '成り立たないものとその場所' },
  about: { en: 'What it is about', ko: '대상', ja: '対象' },
  timeline: {
    en: 'What happened, in the order on which both nations agree',
    ko: '양국 기록이 일치하는 순서에 따른 경과',
    ja: '両国の記録が一致する順序での経過',
  },
  proved: { en: 'What is proved', ko: '입증된 것', ja: '証明されたこと' },
  unproved: { en: 'What is not proved', ko: '입증되지 않은 것', ja: '証明されないこと' },
  checks: { en: 'Checks', ko: '점검', ja: '点検' },
  keys: { en: 'Keys', ko: '키', ja: '鍵' },
} satisfies Group

export const lines = {
  exported: {
    en: 'Exported by {nation} at {at}',
    ko: '내보낸 나라: {nation}, {at}',
    ja: '書き出した国：{nation}、{at}',
  },
  fingerprint: {
    en: 'Fingerprint of the link in this file: {fingerprint}',
    ko: '이 파일에 담긴 연결의 지문: {fingerprint}',
    ja: 'このファイルにある接続のフィンガープリント：{fingerprint}',
  },
  cosigned: {
    en: 'cosigned by {nation} at {at}',
    ko: '{nation} 연서 {at}',
    ja: '{nation}の連署 {at}',
  },
  signedBy: { en: 'signed by {offices}', ko: '서명: {offices}', ja: '署名：{offices}' },
  provisional: {
    en: 'its originator has stated nothing about it since',
    ko: '그 뒤 생산국의 통보 없음',
    ja: 'その後に作成国の通報なし',
  },
  pending: {
    en: 'Left out, because the other nation has not cosigned it yet: {kind} by {nation}',
    ko: '상대국이 아직 연서하지 않아 제외됨: {nation}의 {kind}',
    ja: '相手国がまだ連署していないため除外：{nation}の{kind}',
  },
  head: {
    en: 'Log {log}: {size} entries, cosigned at {at}',
    ko: '기록 {log}: {size}건, 연서 {at}',
    ja: '記録 {log}：{size} 件、連署 {at}',
  },
  more: { en: 'and {count} more', ko: '그 밖에 {count}건', ja: 'ほか {count} 件' },
  held: { en: '{count} held', ko: '{count}건 성립', ja: '{count} 件成立' },
  failed: { en: '{count} FAILED', ko: '{count}건 실패', ja: '{count} 件不成立' },
} satisfies Group

/** Messages of the command when it cannot start. */
export const problems = {
  usage: {
    en: 'Usage: entente verify FILE [--fingerprint "DIGITS"] [--trust CARD]… [--content FILE] [--against FILE] [--json] [--lang en|ko|ja]',
    ko: '사용법: entente verify 파일 [--fingerprint "숫자"] [--trust 카드]… [--content 파일] [--against 파일] [--json] [--lang en|ko|ja]',
    ja: '使い方：entente verify ファイル [--fingerprint "数字"] [--trust カード]… [--content ファイル] [--against ファイル] [--json] [--lang en|ko|ja]',
  },
  cannotRead: { en: 'Cannot read {path}.', ko: '읽을 수 없습니다: {path}', ja: '{path} を読めません。' },
  notACard: {
    en: '{path} is not the card of a node.',
    ko: '노드의 카드가 아닙니다: {path}',
    ja: '{path} はノードのカードではありません。',
  },
} satisfies Group

export const proved = {
  exact_history: {
    en: 'Both nations hold these statements, in these words, at these places of their logs.',
    ko: '양국은 이 통보를 문구 그대로, 각자 기록의 이 위치에 보유하고 있습니다.',
    ja: '両国はこれらの通報を、この文言のまま、それぞれの記録のこの位置に保有しています。',
  },
  content: {
    en: 'The content that you gave is the content that the signed texts commit to.',
    ko: '제시하신 내용은 서명된 문구가 가리키는 바로 그 내용입니다.',
    ja: '示された内容は、署名された文が指す内容と同一です。',
  },
  ...item.proved,
} satisfies Readonly<Record<CodeOf<'proved'>, Words>>

export const unproved = {
  keys_not_compared: {
    en: 'That the keys are those of the nations. Compare the fingerprint with the one on the link page of your node, and give it with --fingerprint.',
    ko: '키가 두 나라의 것이라는 점. 지문을 귀측 노드의 연결 화면에 있는 것과 대조하고 --fingerprint 로 지정하십시오.',
    ja: '鍵が両国のものであること。フィンガープリントを自国のノードの接続の画面にあるものと照合し、--fingerprint で指定してください。',
  },
  content_not_compared: {
    en: 'Which content it is. If the file says how to compare the content, give the content with --content.',
    ko: '어떤 내용인지. 파일에 내용을 대조할 정보가 있으면 --content 로 내용을 지정하십시오.',
    ja: 'どの内容であるか。ファイルに照合のための情報がある場合は、--content で内容を指定してください。',
  },
  truth: { en: 'That the content is true.', ko: '내용이 사실이라는 점.', ja: '内容が真実であること。' },
  bypass: {
    en: 'That nothing was passed outside the nodes.',
    ko: '노드를 거치지 않고 오간 것이 없다는 점.',
    ja: 'ノードを経ずに渡されたものがないこと。',
  },
  later: {
    en: 'What happened after the last cosigned checkpoint of each log.',
    ko: '각 기록에서 마지막으로 연서된 체크포인트 이후에 일어난 일.',
    ja: '各記録で最後に連署されたチェックポイントより後に起きたこと。',
  },
  omission: {
    en: 'That nothing else was stated about it. The exporter says that this is all; to see what was left out, give the file of the other nation with --against.',
    ko: '다른 통보가 더 없다는 점. 이것이 전부라는 것은 내보낸 나라의 말이며, 빠진 것을 보려면 상대국의 파일을 --against 로 지정하십시오.',
    ja: 'ほかに通報がないこと。これがすべてであるというのは書き出した国の主張であり、省かれたものを確かめるには、相手国のファイルを --against で指定してください。',
  },
  clocks: {
    en: 'The exact times. A time is what its author stated; it is proved only that it is no later than the cosignature.',
    ko: '정확한 시각. 시각은 작성자가 밝힌 것이며, 연서 시각보다 늦지 않다는 것만 입증됩니다.',
    ja: '正確な時刻。時刻は作成者が示したもので、連署の時刻より遅くないことだけが証明されます。',
  },
  collusion: {
    en: 'Anything, if both nations collude: whoever holds the keys of both can write any history.',
    ko: '두 나라가 함께 꾸민 것. 양쪽의 키를 가진 자는 어떤 경과도 쓸 수 있습니다.',
    ja: '両国が共謀した場合のあらゆること。双方の鍵を持つ者は、どのような経過も書けます。',
  },
  not_yet_cosigned: {
    en: 'What was left out because the other nation has not cosigned it yet.',
    ko: '상대국이 아직 연서하지 않아 제외된 것.',
    ja: '相手国がまだ連署しておらず、除外されたもの。',
  },
  ...item.unproved,
} satisfies Readonly<Record<CodeOf<'unproved'>, Words>>
