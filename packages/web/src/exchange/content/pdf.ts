/**
 * Documents as pictures of their pages (EXC-68). The parser runs in its own worker, without `eval`, scripts
 * and forms, and reads character maps and fonts only from this build.
 */
import { AnnotationMode, PDFWorker, getDocument } from 'pdfjs-dist'
import type { PDFDocumentProxy } from 'pdfjs-dist'
// oxlint-disable-next-line import/default -- the build makes a module whose default export starts the worker.
import Parser from 'pdfjs-dist/build/pdf.worker.min.mjs?worker'

export type { PDFDocumentProxy } from 'pdfjs-dist'

/** Files for East Asian documents and for documents without embedded fonts, by name. */
const ASSETS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>(
      '../../../../node_modules/pdfjs-dist/{cmaps/*.bcmap,standard_fonts/*.{pfb,ttf},wasm/*.wasm}',
      { query: '?url', import: 'default', eager: true, exhaustive: true },
    ),
  ).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]),
)

/** Gives the parser the files of this build; every other URL fails. */
class OwnAssets {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const url = ASSETS[filename]
    if (url === undefined) throw new Error(`This build has no "${filename}".`)
    const response = await fetch(url)
    if (!response.ok) throw new Error(`"${filename}" could not be read.`)
    return new Uint8Array(await response.arrayBuffer())
  }
}

export interface OpenDocument {
  readonly document: PDFDocumentProxy
  close(): void
}

/** Opens a document. Throws if the bytes are no document, or if it needs a password. */
export async function openDocument(buffer: ArrayBuffer): Promise<OpenDocument> {
  const port = new Parser()
  const worker = PDFWorker.create({ port })
  const task = getDocument({
    // The parser transfers the bytes to its worker, so it gets a copy.
    data: buffer.slice(0),
    worker,
    isEvalSupported: false,
    enableXfa: false,
    useWorkerFetch: false,
    BinaryDataFactory: OwnAssets,
    cMapPacked: true,
    maxImageSize: 100_000_000,
    stopAtErrors: false,
    verbosity: 0,
  })
  const close = (): void => {
    void task.destroy().finally(() => port.terminate())
  }
  try {
    return { document: await task.promise, close }
  } catch (error) {
    close()
    throw error
  }
}

export interface Drawing {
  /** Resolves to the text of the page, for screen readers. */
  readonly done: Promise<string>
  stop(): void
}

const CANVAS_AREA_PX_MAX = 32_000_000

/** Draws a page on a canvas. The width is in CSS pixels. */
export function drawPage(
  document: PDFDocumentProxy,
  pageNumber: number,
  canvas: HTMLCanvasElement,
  widthPx: number,
): Drawing {
  let isStopped = false
  let stop = (): void => undefined
  const draw = async (): Promise<string> => {
    const page = await document.getPage(pageNumber)
    if (isStopped) return ''
    const natural = page.getViewport({ scale: 1 })
    const wanted = (widthPx / natural.width) * devicePixelRatio
    const most = Math.sqrt(CANVAS_AREA_PX_MAX / (natural.width * natural.height))
    const viewport = page.getViewport({ scale: Math.min(wanted, most) })
    canvas.width = Math.floor(viewport.width)
    canvas.height = Math.floor(viewport.height)
    const task = page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE })
    stop = () => task.cancel()
    await task.promise
    const words = await page.getTextContent()
    return words.items.map((item) => ('str' in item ? item.str : '')).join(' ')
  }
  return {
    done: draw(),
    stop: () => {
      isStopped = true
      stop()
    },
  }
}
