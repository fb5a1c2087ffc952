/** The fields of a form, each with its `name`; the form says beside it what is wrong (`Form.tsx`). */
import { Checkbox, MultiSelect, NativeSelect, PasswordInput, TextInput, Textarea } from '@mantine/core'
import type {
  MultiSelectProps,
  NativeSelectProps,
  PasswordInputProps,
  TextInputProps,
  TextareaProps,
} from '@mantine/core'
import { useText } from '../core/texts.ts'
import { useFault } from './Form.tsx'
import { uiWords } from './words.ts'

interface Named {
  /** As the node calls it in the place of a refusal. */
  readonly name: string
}

export function TextField(props: TextInputProps & Named) {
  const fault = useFault(props.name)
  return <TextInput withAsterisk={false} {...props} error={props.error ?? fault} />
}

export function LongTextField(props: TextareaProps & Named) {
  const fault = useFault(props.name)
  return <Textarea withAsterisk={false} autosize {...props} error={props.error ?? fault} />
}

export function PasswordField(props: PasswordInputProps & Named) {
  const t = useText(uiWords)
  const fault = useFault(props.name)
  return (
    <PasswordInput
      withAsterisk={false}
      visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
      {...props}
      error={props.error ?? fault}
    />
  )
}

export function SelectField(props: NativeSelectProps & Named) {
  const fault = useFault(props.name)
  return <NativeSelect withAsterisk={false} {...props} error={props.error ?? fault} />
}

export function ManyField(props: MultiSelectProps & Named) {
  return <MultiSelect {...props} error={useFault(props.name)} />
}

interface TicksProps extends Named {
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly chosen: string[]
  readonly onChoose: (chosen: string[]) => void
  readonly className?: string | undefined
}

/** Several of a few choices. */
export function TicksField({ name, label, choices, chosen, onChoose, className }: TicksProps) {
  const fault = useFault(name)
  return (
    <Checkbox.Group label={label} value={chosen} onChange={onChoose} error={fault}>
      <div className={className}>
        {choices.map((each) => (
          <Checkbox
            key={each.value}
            name={name}
            value={each.value}
            label={each.label}
            aria-invalid={fault !== undefined}
          />
        ))}
      </div>
    </Checkbox.Group>
  )
}
