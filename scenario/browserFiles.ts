/** Files that try to act, each in its own way; whatever runs sets a flag, opens a dialog or calls out. */
import { assembled } from './tinyPdf.ts'

/** A vector image whose scripts would run where it is shown as a document. */
export const HOSTILE_SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.ranHere='svg';alert('svg')">
<script>window.ranHere='svg';alert('svg')</script>
<image href="x" onerror="window.ranHere='svg';alert('svg')"/></svg>`

/** A page whose scripts would run where it is shown as a document. */
export const HOSTILE_HTML = `<!doctype html><body onload="window.ranHere='html';alert('html')">
<script>window.ranHere='html';alert('html')</script><img src="x" onerror="window.ranHere='html';alert('html')">`

/** A document of one page whose scripts a viewer would run as it opens and as its page is shown. */
export function hostilePdf(): Uint8Array<ArrayBuffer> {
  const script = '<< /S /JavaScript /JS (window.ranHere = "pdf"; app.alert\\("pdf"\\); alert\\("pdf"\\);) >>'
  const drawing = 'BT /F1 24 Tf 72 720 Td (EXERCISE) Tj ET'
  return assembled([
    `<< /Type /Catalog /Pages 2 0 R /OpenAction ${script} /AA << /WC ${script} >> >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /AA << /O ${script} >>
/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI (javascript:alert\\(1\\)) >> >>]
/Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ])
}
