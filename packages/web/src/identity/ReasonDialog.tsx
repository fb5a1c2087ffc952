/** A dialog for an act on a person that needs a reason; the national log records the reason. */
import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../core/texts.ts'
import { ActDialog } from '../ui/ActDialog.tsx'
import type { FieldProps } from '../ui/form.ts'
import { identityWords } from './words.ts'

/** The part of a form that the dialog needs; it has a field `reason`. */
interface ReasonForm {
  readonly act: { readonly isRunning: boolean }
  readonly refusal: Parameters<typeof ActDialog>[0]['refusal']
  field(name: 'reason'): FieldProps<string>
  submit(): Promise<unknown>
}

interface Props {
  readonly form: ReasonForm
  readonly title: string
  readonly lead?: string
  readonly word: string
  readonly grave?: boolean
  /** Called after the act. */
  readonly onDone: () => void
  readonly onClose: () => void
  /** The other fields, above the reason. */
  readonly children?: ReactNode
}

export function ReasonDialog({ form, onDone, children, ...dialog }: Props) {
  const t = useText(identityWords)
  const act = async (): Promise<void> => {
    if ((await form.submit()) !== null) onDone()
  }
  return (
    <ActDialog {...dialog} isRunning={form.act.isRunning} refusal={form.refusal} onAct={() => void act()}>
      {children}
      <TextInput {...form.field('reason')} label={t('reason')} description={t('reasonHelp')} />
    </ActDialog>
  )
}
