/** People, sessions, rights and the directories of partners. */
import type { Group, KindWords, PillarWords } from './word.ts'

export const identity = {
  refusals: {
    not_signed_in: {
      en: 'You are not signed in. Sign in and try again.',
      ko: '로그인하지 않았습니다. 로그인한 후 다시 시도하십시오.',
      ja: 'サインインしていません。サインインしてから、もう一度お試しください。',
    },
    wrong_credentials: {
      en: 'The office or the password is wrong. Check both and try again.',
      ko: '직위 또는 비밀번호가 올바르지 않습니다. 확인한 후 다시 시도하십시오.',
      ja: '官職またはパスワードが正しくありません。確認して、もう一度お試しください。',
    },
    locked_out: {
      en: 'Too many failed attempts. Wait until the lock-out ends, or ask the administrator.',
      ko: '로그인 실패가 너무 많습니다. 잠금이 풀릴 때까지 기다리거나 관리자에게 문의하십시오.',
      ja: '失敗の回数が上限に達しました。解除されるまで待つか、管理者に連絡してください。',
    },
    session_expired: {
      en: 'Your session has ended. Sign in again. What you wrote is still here.',
      ko: '접속 시간이 끝났습니다. 다시 로그인하십시오. 작성한 내용은 남아 있습니다.',
      ja: 'セッションが終了しました。もう一度サインインしてください。入力した内容は残っています。',
    },
    id_taken: {
      en: 'This id is taken. Choose another.',
      ko: '이미 사용 중인 식별자입니다. 다른 식별자를 정하십시오.',
      ja: 'この識別子は使用されています。別の識別子を指定してください。',
    },
    person_withdrawn: {
      en: 'This person has been withdrawn. Their record stays, and nothing in it can be changed.',
      ko: '등재가 끝난 인원입니다. 기록은 남아 있으며 변경할 수 없습니다.',
      ja: 'この人員の登載は終了しています。記録は残り、変更できません。',
    },
    last_administrator: {
      en: 'This is the only administrator. Enter another before you withdraw this one.',
      ko: '유일한 관리자입니다. 다른 관리자를 먼저 등재하십시오.',
      ja: '唯一の管理者です。先に別の管理者を登載してください。',
    },
    password_too_short: {
      en: 'This password is too short. Use a longer one, for example several words.',
      ko: '비밀번호가 너무 짧습니다. 여러 낱말을 잇는 등 더 길게 정하십시오.',
      ja: 'パスワードが短すぎます。いくつかの言葉をつなぐなど、より長くしてください。',
    },
    password_too_long: {
      en: 'This password is too long. Use a shorter one.',
      ko: '비밀번호가 너무 깁니다. 더 짧게 정하십시오.',
      ja: 'パスワードが長すぎます。より短くしてください。',
    },
    password_repeats: {
      en: 'This password repeats the same characters. Use others.',
      ko: '비밀번호에 같은 글자가 되풀이됩니다. 다른 글자를 쓰십시오.',
      ja: 'パスワードが同じ文字の繰り返しです。別の文字を使ってください。',
    },
    password_own_words: {
      en: 'This password is mostly the name of the office, or another word that is easy to guess. Use other words.',
      ko: '비밀번호의 대부분이 직위 이름처럼 짐작하기 쉬운 말입니다. 다른 말을 쓰십시오.',
      ja: 'パスワードの大部分が官職名など推測しやすい言葉です。別の言葉を使ってください。',
    },
    unknown_signer: {
      en: 'The signer is not in the directory. Ask the partner to confirm the office.',
      ko: '서명자가 명부에 없습니다. 상대국에 해당 직위를 확인하십시오.',
      ja: '署名者が名簿にありません。相手国に官職を確認してください。',
      short: { en: 'the signer is unknown', ko: '알 수 없는 서명자', ja: '署名者が不明' },
    },
  },
  kinds: {
    'directory.entered': { en: 'Office entered in the directory', ko: '명부 등재', ja: '名簿への登載' },
    'directory.withdrawn': {
      en: 'Office withdrawn from the directory',
      ko: '명부 삭제',
      ja: '名簿からの削除',
    },
  } satisfies KindWords<'directory'>,
  rules: {
    'ID-1': {
      en: 'A person is an office: an id, a title and an organisation, never a name. An id is given only once. A title is one line of visible characters.',
      ko: '사람은 직위로 등록합니다. 식별자·직위명·소속 기관이 있고 성명은 쓰지 않습니다. 식별자는 한 번만 부여하며, 직위명은 보이는 문자 한 줄입니다.',
      ja: '人は官職として登録します。識別子・官職名・所属機関があり、氏名は用いません。識別子の付与は一度限りで、官職名は見える文字の一行です。',
    },
    'ID-3': {
      en: 'A person may do what one of their roles allows, and nothing else. An administrator gives the roles.',
      ko: '자신의 직책이 허용하는 일만 할 수 있습니다. 직책은 관리자가 부여합니다.',
      ja: '自らの職務が認めることだけを行えます。職務は管理者が与えます。',
    },
    'ID-5': {
      en: 'A person acts only between the dates of their office. Outside them they cannot sign in or sign.',
      ko: '재직 기간 안에서만 행위할 수 있습니다. 기간 밖에서는 로그인하거나 서명할 수 없습니다.',
      ja: '在任期間内に限り行為できます。期間外はサインインも署名もできません。',
    },
    'ID-6': {
      en: 'A person who is withdrawn can no longer sign in or sign, from that moment, and partners are told. What they signed before stays provable.',
      ko: '활동이 종료된 사람은 즉시 로그인하거나 서명할 수 없으며, 상대국에 통보합니다. 이전 서명은 계속 증명할 수 있습니다.',
      ja: '在任を終えた者は直ちにサインインも署名もできなくなり、相手国に通報します。以前の署名は引き続き証明できます。',
    },
    'ID-7': {
      en: 'Nobody changes their own roles, renews their own code or withdraws themselves. The last administrator cannot be withdrawn.',
      ko: '누구도 자신의 직책을 바꾸거나, 자신의 코드를 다시 발급하거나, 자신의 활동을 종료할 수 없습니다. 마지막 관리자의 활동은 종료할 수 없습니다.',
      ja: '誰も、自らの職務の変更、自らのコードの再発行、自らの在任の終了はできません。最後の管理者の在任は終了できません。',
    },
    'ID-12': {
      en: 'A password has 15 to 128 characters. It is not a repeated pattern, and not mostly the person’s own office or organisation.',
      ko: '비밀번호는 15~128자이며, 같은 문자열의 반복이거나 대부분이 자신의 직위·소속 기관이면 안 됩니다.',
      ja: 'パスワードは15～128文字とし、同じ文字列の繰り返しや、大半が自らの官職・所属機関であるものは使えません。',
    },
    'ID-13': {
      en: 'A failed sign-in does not say why, nor whether the office exists.',
      ko: '로그인에 실패하면 이유를 알리지 않습니다. 그 직위가 있는지도 알리지 않습니다.',
      ja: 'サインインに失敗した理由は示しません。その官職の有無も示しません。',
    },
    'ID-14': {
      en: 'There is no default password. An administrator gives a one-time code, which is valid for seven days.',
      ko: '기본 비밀번호는 없습니다. 관리자가 7일 동안 한 번 쓸 수 있는 일회용 코드를 발급합니다.',
      ja: '既定のパスワードはありません。管理者が、7日間有効で一度だけ使えるワンタイムコードを発行します。',
    },
    'ID-15': {
      en: 'Five failures in a row lock a name for one minute. Every further failure doubles the time, up to one hour.',
      ko: '연속 5회 실패하면 1분 동안 잠기고, 더 실패할 때마다 시간이 두 배로 늘어 최대 1시간이 됩니다.',
      ja: '連続5回の失敗で1分間ロックされ、以後は失敗のたびに時間が倍になり、最長1時間です。',
    },
    'ID-18': {
      en: 'A node checks a few passwords at a time and refuses more. Wait a moment and try again.',
      ko: '노드는 한 번에 몇 개의 비밀번호만 확인하고, 나머지는 거부합니다. 잠시 후 다시 시도하십시오.',
      ja: 'ノードが一度に確かめるパスワードは限られ、それを超えると拒否します。しばらくして、もう一度お試しください。',
    },
    'ID-31': {
      en: 'A session ends when it has not been used for a while, and after eight hours in any case.',
      ko: '접속은 한동안 사용하지 않으면 끝나고, 어떤 경우에도 8시간 뒤에 끝납니다.',
      ja: 'セッションは、しばらく使わないと終了し、いずれの場合も8時間で終了します。',
    },
    'ID-40': {
      en: 'A clearance reaches one of the nation’s own markings, between two dates, with a reason. A security officer grants and revokes it.',
      ko: '비밀취급인가는 자국의 한 등급에 대하여 기간과 사유를 정해 부여합니다. 보안담당관이 부여하고 취소합니다.',
      ja: '秘密取扱資格は、自国の一つの区分について、期間と理由を定めて付与します。保全担当官が付与し、取り消します。',
    },
    'ID-42': {
      en: 'A need-to-know covers one matter or one category, between two dates, with a reason.',
      ko: '알 필요는 하나의 건 또는 하나의 분야에 대하여 기간과 사유를 정해 인정합니다.',
      ja: '知る必要は、一つの件または一つの分野について、期間と理由を定めて認めます。',
    },
    'ID-43': {
      en: 'Nobody grants themselves a clearance or a need-to-know.',
      ko: '누구도 자신에게 비밀취급인가나 알 필요를 부여할 수 없습니다.',
      ja: '誰も自らに秘密取扱資格や知る必要を与えることはできません。',
    },
    'ID-44': {
      en: 'A revocation takes effect at once. Anyone may give up their own right.',
      ko: '취소는 즉시 효력이 있습니다. 자신의 권한은 스스로 반납할 수 있습니다.',
      ja: '取消しは直ちに効力を生じます。自らの権利は自ら返上できます。',
    },
    'ID-52': {
      en: 'A partner’s directory entry is accepted if its key is valid, its dates are in order and the key never belonged to another person.',
      ko: '상대국의 명부 등재는 키가 유효하고, 기간의 앞뒤가 맞고, 그 키가 다른 사람의 것이었던 적이 없어야 받아들입니다.',
      ja: '相手国の名簿の登載は、鍵が有効で、期間の前後が整い、その鍵が他の者のものであったことがない場合に受け入れます。',
    },
    'ID-53': {
      en: 'Once the partner’s log withdraws a key, nothing that is signed with it later in the log binds anybody, whatever its date.',
      ko: '상대국 기록에서 키가 철회되면, 기록에서 그 뒤에 그 키로 서명한 것은 날짜와 관계없이 누구도 구속하지 않습니다.',
      ja: '相手国の記録で鍵が取り消されると、記録でその後にその鍵で署名されたものは、日付にかかわらず誰も拘束しません。',
    },
    'ID-54': {
      en: 'A signed act binds a nation only if its directory has the person’s key, the signature verifies, and the person had the authority on that day.',
      ko: '행위는 그 나라의 명부에 그 사람의 키가 있고, 서명이 맞고, 그날 그 권한이 있어야 그 나라를 구속합니다.',
      ja: '行為は、その国の名簿にその者の鍵があり、署名が正しく、その日に権限があった場合に限り、その国を拘束します。',
    },
  },
  pages: {
    person: { en: 'Person', ko: '사람', ja: '人' },
  },
} satisfies PillarWords

/** Roles. */
export const roles = {
  administrator: { en: 'Administrator', ko: '관리자', ja: '管理者' },
  treaty_officer: { en: 'Treaty officer', ko: '조약 담당관', ja: '条約担当官' },
  analyst: { en: 'Analyst', ko: '분석관', ja: '分析官' },
  release_authority: { en: 'Release authority', ko: '제공 승인권자', ja: '提供承認権者' },
  registrar: { en: 'Registrar', ko: '비밀 등록관', ja: '秘密登録官' },
  watch_officer: { en: 'Watch officer', ko: '당직 장교', ja: '当直士官' },
  officer: { en: 'Officer', ko: '담당 장교', ja: '担当官' },
  security_officer: { en: 'Security officer', ko: '보안담당관', ja: '保全担当官' },
  inspector: { en: 'Inspector', ko: '보안 감사관', ja: '保全監査官' },
  supply_officer: { en: 'Supply officer', ko: '군수 담당관', ja: '補給担当官' },
  finance_officer: { en: 'Finance officer', ko: '재정 담당관', ja: '会計担当官' },
} satisfies Group

/** Authorities that bind the nation, as the partners’ directories name them. */
export const authorities = {
  submit: { en: 'submit', ko: '상신', ja: '提出' },
  release: { en: 'release', ko: '제공 결재', ja: '提供の承認' },
  receipt: { en: 'sign receipts', ko: '영수증 서명', ja: '受領証への署名' },
  assure: { en: 'give assurances', ko: '보증 제공', ja: '保証の付与' },
  register: { en: 'state registers', ko: '등록부 통보', ja: '登録簿の通報' },
} satisfies Group
