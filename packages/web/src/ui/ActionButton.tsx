/** A button that, if the reader is not permitted to press it, stays focusable and says why. */
import { Button, Popover } from '@mantine/core'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import type { Can, Refusal } from '#api/refusals.ts'
import { useRefusalText } from '../core/refusalText.ts'
import { RefusalNotice } from './RefusalNotice.tsx'
import { useCitationName } from './CitationLink.tsx'
import classes from './Refusal.module.css'

/** The refusal in a `can`; null if it permits. */
export function refusalIn(can: Can): Refusal | null {
  return can === true ? null : can
}

interface Props {
  readonly can: Can
  readonly onPress: () => void
  readonly children: ReactNode
  readonly isRunning?: boolean
  /** The main button of the page. */
  readonly primary?: boolean
  /** What it does cannot be undone. */
  readonly grave?: boolean
  readonly icon?: ReactNode
  readonly size?: string
}

export function ActionButton(props: Props) {
  const refusal = refusalIn(props.can)
  const common = {
    leftSection: props.icon,
    size: props.size ?? 'sm',
    variant: props.primary === true ? 'filled' : 'default',
    ...(props.grave === true ? { color: 'signal' } : {}),
  }
  if (refusal !== null) {
    return (
      <RefusedButton refusal={refusal} size={common.size} icon={props.icon}>
        {props.children}
      </RefusedButton>
    )
  }
  return (
    <Button {...common} loading={props.isRunning === true} onClick={props.onPress}>
      {props.children}
    </Button>
  )
}

interface RefusedProps {
  readonly refusal: Refusal
  readonly size: string
  readonly icon: ReactNode
  readonly children: ReactNode
}

function RefusedButton({ refusal, size, icon, children }: RefusedProps) {
  const [isOpen, setOpen] = useState(false)
  const reasonId = useId()
  const sentence = useRefusalText()
  const citationName = useCitationName()
  const spoken = refusal.reasons
    .map((reason) => [sentence(reason.code), ...reason.because.map(citationName)].join(' '))
    .join(' ')
  return (
    <span className={classes.action}>
      <Popover
        opened={isOpen}
        onChange={setOpen}
        position="bottom-start"
        shadow="md"
        width={360}
        trapFocus
        withArrow
      >
        <Popover.Target>
          <Button
            size={size}
            leftSection={icon}
            className={classes.unable ?? ''}
            aria-disabled="true"
            aria-describedby={reasonId}
            title={isOpen ? undefined : spoken}
            onClick={() => setOpen(!isOpen)}
          >
            {children}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={0}>
          <RefusalNotice refusal={refusal} />
        </Popover.Dropdown>
      </Popover>
      <span id={reasonId} className={classes.spoken}>
        {spoken}
      </span>
    </span>
  )
}
