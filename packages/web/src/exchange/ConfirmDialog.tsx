/** A dialog before an act that cannot be taken back: what is done, and the button that does it. */
import { Button, Modal } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import type { Refusal } from '#api/refusals.ts'
import { useText } from '../i18n/index.ts'
import { RefusalNotice } from '../ui/RefusalNotice.tsx'
import classes from './Exchange.module.css'

interface Props {
  readonly title: string
  readonly lead: string
  /** The word on the button that does it. */
  readonly word: string
  readonly grave?: boolean
  readonly isRunning: boolean
  readonly refusal: Refusal | null
  readonly onAct: () => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

export function ConfirmDialog(props: Props) {
  const t = useText('exchange')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    props.onAct()
  }
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form className={classes.form} onSubmit={submit}>
        <p>{props.lead}</p>
        {props.children}
        {props.refusal !== null && <RefusalNotice refusal={props.refusal} isAnswer />}
        <Button
          type="submit"
          variant="filled"
          w="fit-content"
          loading={props.isRunning}
          {...(props.grave === true ? { color: 'signal' } : {})}
        >
          {props.word}
        </Button>
      </form>
    </Modal>
  )
}
