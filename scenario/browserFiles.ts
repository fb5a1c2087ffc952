/**
 * Files with active content of different kinds. If it runs, it sets a flag, opens a dialog or makes a
 * request.
 */
import { assembled } from './tinyPdf.ts'

/** An SVG whose scripts would run if a browser showed it as a document. */
export const HOSTILE_SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.ranHere='svg';alert('svg')">
<script>window.ranHere='svg';alert('svg')</script>
<image href="x" onerror="window.ranHere='svg';alert('svg')"/></svg>`

/** An HTML page whose scripts would run if a browser showed it as a document. */
export const HOSTILE_HTML = `<!doctype html><body onload="window.ranHere='html';alert('html')">
<script>window.ranHere='html';alert('html')</script><img src="x" onerror="window.ranHere='html';alert('html')">`

/** A one-page PDF whose scripts a viewer would run when it opens the file and when it shows the page. */
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
