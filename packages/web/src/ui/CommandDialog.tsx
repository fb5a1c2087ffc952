/** A dialog that confirms a command: what it does, its fields, and the button. */
import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Refusal } from '#api/refusals.ts'
import type { ActName } from '#wire/pillars.ts'
import { acts } from '#words/pillars.ts'
import { useNames } from '../core/language.ts'
import { useText } from '../core/texts.ts'
import { Form } from './Form.tsx'
import { uiWords } from './words.ts'
import classes from './CommandDialog.module.css'

export interface CommandDialogProps {
  readonly title: string
  readonly lead?: string
  /** The label of the button. */
  readonly word: string
  readonly grave?: boolean
  /** The signed act of the command, if it needs one. */
  readonly signs?: ActName
  readonly isRunning: boolean
  readonly refusal: Refusal | null
  readonly onPress: () => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

export function CommandDialog(props: CommandDialogProps) {
  const t = useText(uiWords)
  const actName = useNames(acts)
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Form
        className={classes.form}
        onSubmit={props.onPress}
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
