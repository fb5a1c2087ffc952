/** Texts of the content viewer. */
import { texts } from '../../core/texts.ts'

export const contentWords = texts('exchange/content', {
  closeContent: ['Close the content', '내용 닫기', '内容を閉じる'],
  contentOf: ['Content of {{control}}', '{{control}}의 내용', '{{control}}の内容'],
  reading: ['Reading the content', '내용을 읽는 중', '内容を読み込み中'],
  pages: ['Pages of the document', '문서의 쪽', '文書のページ'],
  pageOf: ['Page {{page}} of {{count}}', '{{count}}쪽 중 {{page}}쪽', '{{count}}ページ中{{page}}ページ'],
  pageFailed: [
    'This page could not be drawn.',
    '이 쪽을 그리지 못했습니다.',
    'このページを描画できませんでした。',
  ],
  zoomIn: ['Larger', '확대', '拡大'],
  zoomOut: ['Smaller', '축소', '縮小'],
  zoomFit: ['Fit the width', '너비에 맞춤', '幅に合わせる'],
  zoomKeys: [
    '+ and − change the size, 0 fits the width',
    '+·−로 크기 조절, 0은 너비에 맞춤',
    '+・−で拡大縮小、0で幅に合わせる',
  ],
  imageOf: ['Picture in {{control}}', '{{control}}의 사진', '{{control}}の画像'],
  videoOf: ['Video in {{control}}', '{{control}}의 영상', '{{control}}の映像'],
  notShown: [
    'Not shown: active content',
    '표시하지 않음: 실행될 수 있는 내용',
    '表示しません：動作し得る内容',
  ],
  notShownHelp: [
    'Files of this kind can carry programs or reach outside, so the console does not draw them. They can be saved as inert bytes for a separated machine.',
    '이런 종류의 파일은 프로그램을 담거나 외부에 접속할 수 있어 화면에 표시하지 않습니다. 분리된 장비에서 쓰도록 비활성 파일로 저장할 수 있습니다.',
    'この種のファイルはプログラムを含み、または外部に接続し得るため、表示しません。分離された機器用に、動作しないデータとして保存できます。',
  ],
  tooLargeToShow: [
    'Not shown: too large to draw here',
    '표시하지 않음: 이곳에 그리기에 너무 큼',
    '表示しません：ここで描画するには大きすぎます',
  ],
  cannotDraw: [
    'It could not be drawn. The file may be damaged or of another kind than it says.',
    '표시하지 못했습니다. 파일이 손상되었거나 표시된 형식과 다를 수 있습니다.',
    '描画できませんでした。破損しているか、表示と異なる形式の可能性があります。',
  ],
  saveInert: ['Save as an inert file', '비활성 파일로 저장', '動作しないファイルとして保存'],
})
