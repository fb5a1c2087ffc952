/** A dialog before an act that cannot be taken back: what is done, and the button that does it. */
import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Refusal } from '#api/refusals.ts'
import { useText } from '../i18n/index.ts'
import { Form } from '../ui/Form.tsx'
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
  /** Choices among its fields that are still to be made, by name. */
  readonly lacking?: readonly string[]
  readonly children?: ReactNode
}

export function ConfirmDialog(props: Props) {
  const t = useText('exchange')
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Form
        className={classes.form}
        onSubmit={props.onAct}
        refusal={props.refusal}
        lacking={props.lacking ?? []}
        end={
          <Button
            type="submit"
            variant="filled"
            w="fit-content"
            loading={props.isRunning}
            {...(props.grave === true ? { color: 'signal' } : {})}
          >
            {props.word}
          </Button>
        }
      >
        <p>{props.lead}</p>
        {props.children}
      </Form>
    </Modal>
  )
}
