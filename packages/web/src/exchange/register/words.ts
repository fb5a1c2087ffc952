/** Texts of the register and of its reconciliation. */
import { texts } from '../../core/texts.ts'

export const registerWords = texts('exchange/register', {
  registerTitle: ['Register', '등록부', '登録簿'],
  registerLead: [
    'Every copy, its markings and its holder.',
    '모든 사본과 비밀 표지, 보유자입니다.',
    'すべての写しと、その秘密表示・保有者です。',
  ],
  registerEmpty: [
    'The register is empty. Items are entered automatically when they are released or accepted.',
    '등록부가 비어 있습니다. 자료가 제공되거나 접수되면 자동으로 등록됩니다.',
    '登録簿は空です。提供または受領されると自動的に登録されます。',
  ],
  entered: ['Entered', '등록 시각', '登録時刻'],
  holder: ['Holder', '보유국', '保有国'],
  csv: ['Download as CSV', 'CSV로 내려받기', 'CSVで保存'],
  registerParts: ['Parts of the register', '등록부 구성', '登録簿の区分'],
  reconciliation: ['Reconciliation', '대조', '照合'],
  reconciliationLead: [
    'Both nations state their register of the link. The two are compared here.',
    '양국이 서로의 등록부를 통보하며, 이곳에서 나란히 비교합니다.',
    '両国が互いの登録簿を通報し、ここで並べて比べます。',
  ],
  reconciliationEmpty: [
    'No partner is linked yet, so there is nothing to compare.',
    '연결된 상대국이 없어 비교할 것이 없습니다.',
    '接続された相手国がなく、比べるものがありません。',
  ],
  reconcile: ['Compare now', '지금 대조', '今照合する'],
  outcome_never: ['Never compared', '대조한 적 없음', '照合の実績なし'],
  outcome_waiting: [
    'Waiting for the partner’s register',
    '상대국 등록부 대기 중',
    '相手国の登録簿を待っています',
  ],
  outcome_agreed: ['The registers agree', '등록부가 일치함', '登録簿は一致しています'],
  outcome_differs: ['The registers DIFFER', '등록부가 다름', '登録簿に相違があります'],
  comparedAt: ['Compared', '대조 시각', '照合時刻'],
  oursOf: ['Ours ({{nation}})', '자국 ({{nation}})', '自国（{{nation}}）'],
  theirsOf: ['Theirs ({{nation}})', '상대국 ({{nation}})', '相手国（{{nation}}）'],
  copies: ['Entries', '등록 건수', '登録件数'],
  root: ['Digest of all lines', '전체 행의 다이제스트', '全行のダイジェスト'],
  notStated: ['not stated yet', '아직 통보되지 않음', '未通報'],
  differences: ['Differences', '차이', '相違'],
  differencesPending: [
    'The lines are being exchanged. The differences appear here once they have arrived.',
    '각 행을 교환하는 중입니다. 도착하면 차이가 이곳에 표시됩니다.',
    '各行を交換中です。届くと、相違がここに表示されます。',
  ],
  diff_missing_here: ['Missing here', '자국에 없음', '自国にない'],
  diff_missing_there: ['Missing there', '상대국에 없음', '相手国にない'],
  diff_differs: ['The lines differ', '내용이 다름', '内容が異なる'],
})
