/** The zoom of pages and pictures: larger, smaller, fit to width; also by the keys +, − and 0. */
import { ActionIcon, Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { RefObject } from 'react'
import { useText } from '../../core/texts.ts'
import { useKeys } from '../../ui/keys.ts'
import { contentWords } from './words.ts'
import classes from './Content.module.css'

const ZOOM_STEP = 1.25
const ZOOM_MIN = 0.25
const ZOOM_MAX = 8

export interface Zoom {
  /** 1 fits the width. */
  readonly factor: number
  change(by: number): void
  fit(): void
}

/** The zoom of a viewer; the keys work unless the reader is typing. */
export function useZoom(): Zoom {
  const [factor, setFactor] = useState(1)
  const change = (by: number): void =>
    setFactor((before) => Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, before * by)))
  const fit = (): void => setFactor(1)
  useKeys({
    '+': () => change(ZOOM_STEP),
    '=': () => change(ZOOM_STEP),
    '-': () => change(1 / ZOOM_STEP),
    '0': fit,
  })
  return { factor, change, fit }
}

/** The current width of an element in CSS pixels. */
export function useWidth(of: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(0)
  useEffect(() => {
    const element = of.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [of])
  return widthPx
}

export function ZoomBar({ zoom }: { readonly zoom: Zoom }) {
  const t = useText(contentWords)
  return (
    <div className={classes.zoom}>
      <ActionIcon aria-label={t('zoomOut')} onClick={() => zoom.change(1 / ZOOM_STEP)}>
        −
      </ActionIcon>
      <span role="status">{Math.round(zoom.factor * 100)}%</span>
      <ActionIcon aria-label={t('zoomIn')} onClick={() => zoom.change(ZOOM_STEP)}>
        +
      </ActionIcon>
      <Button size="compact-sm" variant="subtle" onClick={zoom.fit}>
        {t('zoomFit')}
      </Button>
      <span className={classes.hint}>{t('zoomKeys')}</span>
    </div>
  )
}
