/** Supplies and services. */
import type { PillarWords } from './word.ts'

export const logistics = {
  gateActions: {
    order: { en: 'Order', ko: '주문', ja: '要請' },
  },
  categories: {
    food: { en: 'Food', ko: '식량', ja: '食料' },
    water: { en: 'Water', ko: '용수', ja: '水' },
    billeting: { en: 'Billeting', ko: '숙영', ja: '宿泊' },
    transport: { en: 'Transport', ko: '수송', ja: '輸送' },
    petroleum: { en: 'Petroleum, oils and lubricants', ko: '유류 및 윤활유', ja: '燃料・油脂・潤滑油' },
    clothing: { en: 'Clothing', ko: '피복', ja: '被服' },
    communications: { en: 'Communications', ko: '통신', ja: '通信' },
    medical: { en: 'Medical services', ko: '의료', ja: '衛生業務' },
    ammunition: { en: 'Ammunition', ko: '탄약', ja: '弾薬' },
    base_support: { en: 'Base support', ko: '기지 지원', ja: '基地支援' },
    storage: { en: 'Storage', ko: '저장', ja: '保管業務' },
    facilities: { en: 'Use of facilities', ko: '시설 사용', ja: '施設の利用' },
    training: { en: 'Training', ko: '교육훈련', ja: '訓練業務' },
    spare_parts: { en: 'Spare parts and components', ko: '수리부속 및 구성품', ja: '部品・構成品' },
    repair: { en: 'Repair and maintenance', ko: '수리 및 정비', ja: '修理・整備' },
    calibration: { en: 'Calibration', ko: '교정', ja: '校正' },
    airport_seaport: { en: 'Airport and seaport services', ko: '공항 및 항만 용역', ja: '空港・港湾業務' },
  },
  termKinds: {
    retransfer: { en: 'Retransfer', ko: '재이전', ja: '再移転' },
    settlement: { en: 'Settlement', ko: '정산', ja: '決済' },
  },
} satisfies PillarWords
