/** What the page of orders says. */
import { texts } from '../core/texts.ts'

export const logisticsWords = texts('logistics', {
  title: ['Orders', '군수 주문', '補給の要請'],
  notHere: [
    'Ordering itself is not in this version. What is here: asking whether an order would be permitted today.',
    '주문 기능은 이 버전에 없습니다. 오늘 주문이 허가되는지만 확인할 수 있습니다.',
    '要請そのものは、この版にはありません。今日、要請が許可されるかどうかだけを確認できます。',
  ],
  askTitle: ['Would this order be permitted?', '이 주문은 허가됩니까?', 'この要請は許可されますか'],
  partner: ['Provided by', '제공국', '提供国'],
  category: ['Category', '분야', '分野'],
  item: ['Item or service', '물품 또는 용역', '物品または役務'],
  itemHelp: ['For example: F-76 marine diesel', '예: 선박용 경유 F-76', '例：艦船用軽油 F-76'],
  quantity: ['Quantity', '수량', '数量'],
  quantityHelp: [
    'A number, with a point before decimals.',
    '숫자, 소수점은 마침표로 표기합니다.',
    '数字で入力し、小数点はピリオドを使います。',
  ],
  unit: ['Unit (UN/ECE Recommendation 20)', '단위 (UN/ECE 권고 제20호)', '単位（UN/ECE勧告第20号）'],
  ask: ['Ask the gate', '게이트에 확인', 'ゲートに確認'],
  answerTitle: ['What the gate says', '게이트의 답', 'ゲートの回答'],
  answerWaits: [
    'Fill in the form and ask. The answer is recorded; nothing is ordered.',
    '양식을 작성하고 확인하십시오. 답은 기록되며, 주문되는 것은 없습니다.',
    '記入して確認してください。回答は記録されますが、何も要請されません。',
  ],
  permitted: ['Permitted', '허가', '許可'],
  refused: ['Refused', '거부', '拒否'],
  permittedText: [
    'Today {{to}} may order this from {{from}}.',
    '오늘 {{to}} 측은 {{from}}에 이를 주문할 수 있습니다.',
    '今日、{{to}}は{{from}}にこれを要請できます。',
  ],
  refusedText: [
    'Today {{to}} may not order this from {{from}}.',
    '오늘 {{to}} 측은 {{from}}에 이를 주문할 수 없습니다.',
    '今日、{{to}}は{{from}}にこれを要請できません。',
  ],
  relied: ['Articles relied on', '근거 조문', '根拠とした条文'],
  noInstrument: [
    'There is no agreement on supplies and services between the two nations that is in force.',
    '양국 사이에 발효 중인 물품·용역 협정이 없습니다.',
    '両国の間に、効力を有する物品・役務の協定がありません。',
  ],
  instrument: ['Agreement', '협정', '協定'],
  seeAgreements: ['See the agreements', '협정 보기', '協定を見る'],
  stale: [
    'The form has changed since. Ask again.',
    '양식이 바뀌었습니다. 다시 확인하십시오.',
    '記入内容が変わりました。もう一度確認してください。',
  ],
  noPartners: [
    'There is no partner to order from yet.',
    '주문할 상대국이 아직 없습니다.',
    '要請できる相手国がまだありません。',
  ],
  unit_LTR: ['litre', '리터', 'リットル'],
  unit_KGM: ['kilogram', '킬로그램', 'キログラム'],
  unit_TNE: ['tonne', '톤', 'トン'],
  unit_MTQ: ['cubic metre', '세제곱미터', '立方メートル'],
  unit_C62: ['one (piece)', '개', '個'],
  unit_HUR: ['hour', '시간', '時間'],
  unit_DAY: ['day', '일', '日'],
  unit_KMT: ['kilometre', '킬로미터', 'キロメートル'],
})
