/** A dialog for a command about a person that needs a reason; the national log records the reason. */
import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../core/texts.ts'
import { CommandDialog } from '../ui/CommandDialog.tsx'
import type { FieldProps } from '../ui/form.ts'
import { identityWords } from './words.ts'

/** The part of a form that the dialog needs; it has a field `reason`. */
interface ReasonForm {
  readonly command: { readonly isRunning: boolean }
  readonly refusal: Parameters<typeof CommandDialog>[0]['refusal']
  field(name: 'reason'): FieldProps<string>
  submit(): Promise<unknown>
}

interface Props {
  readonly form: ReasonForm
  readonly title: string
  readonly lead?: string
  readonly word: string
  readonly grave?: boolean
  /** Called after the command. */
  readonly onDone: () => void
  readonly onClose: () => void
  /** The other fields, above the reason. */
  readonly children?: ReactNode
}

export function ReasonDialog({ form, onDone, children, ...dialog }: Props) {
  const t = useText(identityWords)
  const submit = async (): Promise<void> => {
    if ((await form.submit()) !== null) onDone()
  }
  return (
    <CommandDialog
      {...dialog}
      isRunning={form.command.isRunning}
      refusal={form.refusal}
      onPress={() => void submit()}
    >
      {children}
      <TextInput {...form.field('reason')} label={t('reason')} description={t('reasonHelp')} />
    </CommandDialog>
  )
}
