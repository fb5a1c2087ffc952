/** Words for the checks of evidence, and for the faults that they find. */
import type { EvidenceCheck, EvidenceFault } from '#wire/pillars.ts'
import type { Words } from '#words/word.ts'
import * as item from './verifyItemWords.ts'

export const checks = {
  form: { en: 'Form of the file', ko: '파일의 형식', ja: 'ファイルの形式' },
  exporter: { en: 'Signature of the exporter', ko: '내보낸 나라의 서명', ja: '書き出した国の署名' },
  cards: { en: 'Cards of both nations', ko: '양국의 카드', ja: '両国のカード' },
  keys: { en: 'Comparison of the keys', ko: '키의 대조', ja: '鍵の照合' },
  checkpoint: {
    en: 'Checkpoints signed by the owner of the log',
    ko: '기록 소유국의 체크포인트 서명',
    ja: '記録の所有国によるチェックポイントの署名',
  },
  cosignature: {
    en: 'Checkpoints cosigned by the other nation',
    ko: '상대국의 체크포인트 연서',
    ja: '相手国によるチェックポイントの連署',
  },
  inclusion: {
    en: 'Statements are in the logs',
    ko: '통보가 기록에 있음',
    ja: '通報が記録にあること',
  },
  order: { en: 'Order in the logs', ko: '기록 안의 순서', ja: '記録内の順序' },
  statement: {
    en: 'Statements can be read and are about this matter',
    ko: '통보를 읽을 수 있고 이 건에 관한 것임',
    ja: '通報が読め、この件に関するものであること',
  },
  directory: {
    en: 'Directory of those who bind a nation',
    ko: '국가를 구속하는 사람의 명부',
    ja: '国を拘束する者の名簿',
  },
  sequence: {
    en: 'Nothing acknowledged is missing',
    ko: '확인된 통보의 누락 없음',
    ja: '確認された通報の欠落なし',
  },
  times: { en: 'Times are possible', ko: '시각의 가능성', ja: '時刻の可能性' },
  content: { en: 'Content', ko: '내용', ja: '内容' },
  other_file: {
    en: 'Comparison with the other file',
    ko: '다른 파일과의 대조',
    ja: 'もう一方のファイルとの照合',
  },
  ...item.checks,
} satisfies Readonly<Record<EvidenceCheck, Words>>

export const faults = {
  not_readable: {
    en: 'The file is not evidence in its exact form: it was cut short, altered or rewritten.',
    ko: '정해진 형식 그대로의 증거 파일이 아닙니다. 잘리거나, 변경되거나, 다시 쓰였습니다.',
    ja: '定められた形式どおりの証拠ファイルではありません。途中で切れたか、変更されたか、書き直されています。',
  },
  exporter_unknown: {
    en: 'Neither of the two nations signed it.',
    ko: '두 나라 어느 쪽의 서명도 아닙니다.',
    ja: '両国のいずれの署名でもありません。',
  },
  exporter_signature_invalid: {
    en: 'The file is not as its exporter signed it.',
    ko: '내보낸 나라가 서명한 그대로의 파일이 아닙니다.',
    ja: '書き出した国が署名したままのファイルではありません。',
  },
  card_invalid: {
    en: 'The card of a nation was altered, or its keys did not sign it.',
    ko: '한 나라의 카드가 변경되었거나, 그 키로 서명되지 않았습니다.',
    ja: '一方の国のカードが変更されたか、その鍵で署名されていません。',
  },
  card_of_another: {
    en: 'The cards are not those of the two nations of this matter.',
    ko: '이 건에 관계된 두 나라의 카드가 아닙니다.',
    ja: 'この件に関わる二国のカードではありません。',
  },
  fingerprint_differs: {
    en: 'The keys in this file are not those of the link whose fingerprint you gave.',
    ko: '이 파일의 키는 지정하신 지문의 연결에서 쓰는 키가 아닙니다.',
    ja: 'このファイルの鍵は、指定されたフィンガープリントの接続の鍵ではありません。',
  },
  card_not_trusted: {
    en: 'The card of this nation is not one of those that you trust.',
    ko: '이 나라의 카드는 신뢰하시는 카드에 없습니다.',
    ja: 'この国のカードは、信頼するカードの中にありません。',
  },
  checkpoint_invalid: {
    en: 'The checkpoint of this log is not validly signed by its nation with all its keys.',
    ko: '이 기록의 체크포인트는 해당 국가의 모든 키로 유효하게 서명되지 않았습니다.',
    ja: 'この記録のチェックポイントは、その国のすべての鍵で有効に署名されていません。',
  },
  cosignature_missing: {
    en: 'The other nation has not cosigned this checkpoint.',
    ko: '상대국이 이 체크포인트에 연서하지 않았습니다.',
    ja: '相手国はこのチェックポイントに連署していません。',
  },
  cosignature_invalid: {
    en: 'The cosignature is of another checkpoint, another time or another key.',
    ko: '연서가 다른 체크포인트, 다른 시각 또는 다른 키의 것입니다.',
    ja: '連署が別のチェックポイント、別の時刻、または別の鍵のものです。',
  },
  proof_malformed: {
    en: 'The proof of this entry cannot be read.',
    ko: '이 항목의 증명을 읽을 수 없습니다.',
    ja: 'この項目の証明を読めません。',
  },
  inclusion_invalid: {
    en: 'This statement is not at this place of the log: the statement, its proof or its place was altered.',
    ko: '이 통보는 기록의 이 위치에 있지 않습니다. 통보, 증명 또는 위치가 변경되었습니다.',
    ja: 'この通報は記録のこの位置にありません。通報、証明、または位置が変更されています。',
  },
  index_not_increasing: {
    en: 'The entries are not in the order of the log.',
    ko: '항목이 기록의 순서대로 있지 않습니다.',
    ja: '項目が記録の順に並んでいません。',
  },
  statement_repeated: {
    en: 'This statement is in the log twice.',
    ko: '이 통보가 기록에 두 번 있습니다.',
    ja: 'この通報が記録に二度あります。',
  },
  statement_malformed: {
    en: 'This statement cannot be read.',
    ko: '이 통보를 읽을 수 없습니다.',
    ja: 'この通報を読めません。',
  },
  wrong_direction: {
    en: 'This statement is not by the nation that owns the log.',
    ko: '이 통보는 그 기록을 소유한 나라의 것이 아닙니다.',
    ja: 'この通報は、その記録を所有する国のものではありません。',
  },
  matter_missing: {
    en: 'No statement in the file is about its matter.',
    ko: '이 파일에 해당 건에 관한 통보가 없습니다.',
    ja: 'このファイルに、対象の件に関する通報がありません。',
  },
  matter_not_provable: {
    en: 'No evidence can be given for a matter of this kind.',
    ko: '이 종류의 건은 증거로 입증할 수 없습니다.',
    ja: 'この種類の件は、証拠で証明できません。',
  },
  not_about_this_matter: {
    en: 'This statement is about something else.',
    ko: '이 통보는 다른 것에 관한 것입니다.',
    ja: 'この通報は別のものに関するものです。',
  },
  directory_entry_invalid: {
    en: 'This entry of the directory does not match its key.',
    ko: '명부의 이 항목이 그 키와 맞지 않습니다.',
    ja: '名簿のこの項目が鍵と一致しません。',
  },
  act_missing: {
    en: 'A signature of a person is missing.',
    ko: '사람의 서명이 없습니다.',
    ja: '人の署名がありません。',
  },
  signer_unknown: {
    en: 'The key was not in the directory of its nation when this was stated.',
    ko: '이 통보 당시 그 키는 자국 명부에 없었습니다.',
    ja: 'この通報の時点で、その鍵は自国の名簿にありませんでした。',
  },
  act_signature_invalid: {
    en: 'The signature was not made with the key that it names.',
    ko: '서명이 명시된 키로 이루어지지 않았습니다.',
    ja: '署名が、示された鍵によるものではありません。',
  },
  act_of_another: {
    en: 'The signed text is of another person or another act.',
    ko: '서명된 문구가 다른 사람 또는 다른 행위의 것입니다.',
    ja: '署名された文が別の者または別の行為のものです。',
  },
  act_not_over_this: {
    en: 'The signature is over something else.',
    ko: '다른 것에 대한 서명입니다.',
    ja: '別のものに対する署名です。',
  },
  signer_not_authorised: {
    en: 'The key had no authority for this act.',
    ko: '그 키에는 이 행위의 권한이 없었습니다.',
    ja: 'その鍵にはこの行為の権限がありませんでした。',
  },
  signer_out_of_date: {
    en: 'The person was not in office at the time of the signature.',
    ko: '서명 당시 그 사람은 재직 중이 아니었습니다.',
    ja: '署名の時点で、その者は在任していませんでした。',
  },
  statement_missing: {
    en: 'A statement that the other nation had acknowledged is missing.',
    ko: '상대국이 확인한 통보가 빠져 있습니다.',
    ja: '相手国が確認した通報が欠けています。',
  },
  time_after_cosignature: {
    en: 'It is dated after the cosignature that covers it.',
    ko: '이를 포함하는 연서보다 뒤의 시각입니다.',
    ja: 'これを含む連署より後の時刻です。',
  },
  time_not_in_order: {
    en: 'Its date does not fit the order of the statements.',
    ko: '시각이 통보의 순서와 맞지 않습니다.',
    ja: '時刻が通報の順序と合いません。',
  },
  opening_missing: {
    en: 'The file does not say how to compare the content.',
    ko: '내용을 대조하는 데 필요한 정보가 이 파일에 없습니다.',
    ja: '内容の照合に必要な情報がこのファイルにありません。',
  },
  opening_malformed: {
    en: 'What the file says about comparing the content cannot be read.',
    ko: '내용을 대조하기 위한 파일의 정보를 읽을 수 없습니다.',
    ja: '内容を照合するためのファイルの情報を読めません。',
  },
  content_differs: {
    en: 'This is not the content that was released.',
    ko: '제공된 내용이 아닙니다.',
    ja: '提供された内容ではありません。',
  },
  other_file_broken: {
    en: 'The other file itself does not hold.',
    ko: '다른 파일 자체가 성립하지 않습니다.',
    ja: 'もう一方のファイル自体が成り立ちません。',
  },
  other_file_of_another: {
    en: 'The other file is of another matter or of another link.',
    ko: '다른 파일은 다른 건 또는 다른 연결의 것입니다.',
    ja: 'もう一方のファイルは別の件または別の接続のものです。',
  },
  entry_missing_here: {
    en: 'This file leaves out an entry that the other file has.',
    ko: '다른 파일에 있는 항목이 이 파일에는 빠져 있습니다.',
    ja: 'もう一方のファイルにある項目が、このファイルには欠けています。',
  },
  forked: {
    en: 'One log was shown with two histories. Keep both files: they prove it.',
    ko: '하나의 기록이 두 가지 이력으로 제시되었습니다. 두 파일이 그 증거이므로 모두 보관하십시오.',
    ja: '一つの記録が二つの履歴で示されました。両方のファイルがその証拠ですので、保管してください。',
  },
  ...item.faults,
} satisfies Readonly<Record<EvidenceFault, Words>>
