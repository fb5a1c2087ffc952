/** A dialog for an act on a person that needs a reason, which the national log keeps. */
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Refusal } from '#api/refusals.ts'
import { useText } from '../i18n/index.ts'
import { Form } from '../ui/Form.tsx'
import { TextField } from '../ui/fields.tsx'
import classes from './Identity.module.css'

interface Props {
  readonly title: string
  readonly lead?: string
  /** The word on the button that does it. */
  readonly word: string
  readonly grave?: boolean
  readonly isRunning: boolean
  readonly refusal: Refusal | null
  readonly onAct: (reason: string) => void
  readonly onClose: () => void
  /** Choices among the further fields that are still to be made, by name. */
  readonly lacking?: readonly string[]
  /** Further fields, above the reason. */
  readonly children?: ReactNode
}

export function ReasonDialog(props: Props) {
  const t = useText('identity')
  const [reason, setReason] = useState('')
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Form
        className={classes.form}
        onSubmit={() => props.onAct(reason.trim())}
        refusal={props.refusal}
        lacking={props.lacking ?? []}
        end={
          <Button
            type="submit"
            variant="filled"
            loading={props.isRunning}
            {...(props.grave === true ? { color: 'signal' } : {})}
          >
            {props.word}
          </Button>
        }
      >
        {props.lead !== undefined && <p>{props.lead}</p>}
        {props.children}
        <TextField
          name="reason"
          label={t('reason')}
          description={t('reasonHelp')}
          required
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Form>
    </Modal>
  )
}
