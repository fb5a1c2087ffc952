/** A dialog for an act on a person that needs a reason, which the national log keeps. */
import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { Refusal } from '#api/refusals.ts'
import { useText } from '../i18n/index.ts'
import { RefusalNotice } from '../ui/RefusalNotice.tsx'
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
  /** Further fields, above the reason. */
  readonly children?: ReactNode
}

export function ReasonDialog(props: Props) {
  const t = useText('identity')
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    props.onAct(reason.trim())
  }
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form className={classes.form} onSubmit={submit}>
        {props.lead !== undefined && <p>{props.lead}</p>}
        {props.children}
        <TextInput
          label={t('reason')}
          description={t('reasonHelp')}
          required
          withAsterisk={false}
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {props.refusal !== null && <RefusalNotice refusal={props.refusal} isAnswer />}
        <Button
          type="submit"
          variant="filled"
          loading={props.isRunning}
          {...(props.grave === true ? { color: 'signal' } : {})}
        >
          {props.word}
        </Button>
      </form>
    </Modal>
  )
}
