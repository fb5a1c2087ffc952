/** Form fields that the component library lacks. */
import { Checkbox, PasswordInput } from '@mantine/core'
import type { PasswordInputProps } from '@mantine/core'
import { useText } from '../core/texts.ts'
import type { FieldProps } from './form.ts'
import { uiWords } from './words.ts'

export function PasswordField(props: PasswordInputProps) {
  const t = useText(uiWords)
  return <PasswordInput visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }} {...props} />
}

interface TicksProps extends FieldProps<string[]> {
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly className?: string | undefined
}

/** A group of check boxes. */
export function TicksField({ label, choices, className, ...field }: TicksProps) {
  return (
    <Checkbox.Group label={label} value={field.value} onChange={field.onChange} error={field.error}>
      <div className={className}>
        {choices.map(({ value, label: name }, index) => (
          <Checkbox
            key={value}
            // The first box gets the focus.
            data-path={index === 0 ? field['data-path'] : undefined}
            name={field.name}
            value={value}
            label={name}
            aria-invalid={field.error !== undefined}
          />
        ))}
      </div>
    </Checkbox.Group>
  )
}
