/** A dialog that confirms an act: what it does, its fields, and the button. */
import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Refusal } from '#api/refusals.ts'
import type { ActName } from '#wire/pillars.ts'
import { acts } from '#words/pillars.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { Form } from './Form.tsx'
import { uiWords } from './words.ts'
import classes from './ActDialog.module.css'

export interface ActDialogProps {
  readonly title: string
  readonly lead?: string
  /** The label of the button. */
  readonly word: string
  readonly grave?: boolean
  /** The act that the person signs with their key, if any. */
  readonly signs?: ActName
  readonly isRunning: boolean
  readonly refusal: Refusal | null
  readonly onAct: () => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

export function ActDialog(props: ActDialogProps) {
  const t = useText(uiWords)
  const actName = useNames(acts)
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Form
        className={classes.form}
        onSubmit={props.onAct}
        refusal={props.refusal}
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
        {props.lead !== undefined && <p>{props.lead}</p>}
        {props.children}
        {props.signs !== undefined && <p>{t('signs', { act: actName(props.signs) })}</p>}
      </Form>
    </Modal>
  )
}
