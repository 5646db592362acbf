/** The form of a connection, made from what its platform asks for: filled in, tested step by step, then saved. */
import { Button, Select, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import type { ConnectionView, PlatformView } from '../../../src-main/contract/views.ts'
import { Failure } from '../../parts/failure.tsx'
import { focusField } from '../../parts/focus-field.ts'
import { CheckSteps } from './check-steps.tsx'
import { type FormDraft, startOf, useDrafts } from './draft.ts'
import { SecretField, SettingField } from './fields.tsx'
import { type Course, useTestAndSave } from './test-and-save.ts'
import '../screens.css'
import './connections.css'

interface ConnectionFormProps {
  /** Under this name what was typed is kept while the person looks elsewhere. */
  readonly name: string
  readonly platforms: readonly PlatformView[]
  readonly existing: ConnectionView | null
  readonly onSaved: (saved: ConnectionView) => void
  readonly onCancel?: (() => void) | undefined
}

export function ConnectionForm(props: ConnectionFormProps): ReactNode {
  const { name, platforms, existing } = props
  const kept = useDrafts((drafts) => drafts.kept[name])
  const draft = kept ?? startOf(existing, platforms)
  const change = (next: Partial<FormDraft>): void =>
    useDrafts.getState().keep(name, { ...draft, ...next })
  const platform = platforms.find(({ id }) => id === draft.platform) ?? null
  if (platforms.length === 0)
    return <p className="dim">No platform of this kind can be connected yet.</p>
  return (
    <div className="form">
      {existing !== null || platforms.length === 1 ? null : (
        <Select
          className="form-fields"
          label="Platform"
          placeholder="Choose the platform"
          data={platforms.map(({ id, label }) => ({ value: id, label }))}
          value={draft.platform}
          onChange={(next) => change({ platform: next, settings: {} })}
          allowDeselect={false}
        />
      )}
      {platform === null ? null : (
        <PlatformForm
          {...props}
          key={platform.id}
          platform={platform}
          draft={draft}
          change={change}
        />
      )}
    </div>
  )
}

interface PlatformFormProps extends ConnectionFormProps {
  readonly platform: PlatformView
  readonly draft: FormDraft
  readonly change: (next: Partial<FormDraft>) => void
}

function PlatformForm({
  name,
  existing,
  platform,
  draft,
  change,
  onSaved,
  onCancel,
}: PlatformFormProps): ReactNode {
  const form = useRef<HTMLFormElement>(null)
  const course = useTestAndSave({
    name,
    platform,
    draft,
    existing,
    onSaved,
    focusField: (field) => focusField(form.current, field),
  })
  const passed = course.fresh && course.check?.ok === true
  return (
    <form
      ref={form}
      className="form"
      noValidate
      autoComplete="off"
      aria-label={existing === null ? `Connect ${platform.label}` : `Edit ${existing.label}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (!course.testing && !course.saving) void (passed ? course.save() : course.test())
      }}
    >
      <Fields
        existing={existing}
        platform={platform}
        draft={draft}
        change={change}
        course={course}
      />
      <div className="form-found stack" aria-live="polite">
        {course.check === null ? null : (
          <CheckSteps check={course.check} outdated={!course.fresh} />
        )}
        {course.failure === null ? null : <Failure failure={course.failure} />}
      </div>
      <FormButtons
        course={course}
        passed={passed}
        onCancel={
          onCancel === undefined
            ? undefined
            : () => {
                useDrafts.getState().drop(name)
                onCancel()
              }
        }
      />
    </form>
  )
}

interface FieldsProps extends Pick<
  PlatformFormProps,
  'existing' | 'platform' | 'draft' | 'change'
> {
  readonly course: Course
}

function Fields({ existing, platform, draft, change, course }: FieldsProps): ReactNode {
  return (
    <div className="form-fields">
      {platform.settingsFields.map((field) => (
        <SettingField
          key={field.name}
          field={field}
          value={draft.settings[field.name] ?? (field.kind === 'list' ? [] : '')}
          problem={course.problemOf(field.name)}
          onChange={(value) => {
            change({ settings: { ...draft.settings, [field.name]: value } })
            course.edited()
          }}
        />
      ))}
      {platform.secretFields.map((field) => (
        <SecretField
          key={field.name}
          field={field}
          kept={existing?.secret ?? null}
          value={course.secrets[field.name] ?? ''}
          problem={course.problemOf(field.name)}
          onChange={(value) => course.typeSecret(field.name, value)}
        />
      ))}
      <TextInput
        name="label"
        label="Name"
        description="How it is called in Plumbline."
        placeholder={platform.label}
        maxLength={120}
        value={draft.label}
        error={course.problemOf('label')}
        onChange={(event) => change({ label: event.currentTarget.value })}
      />
    </div>
  )
}

/** Enter does what comes next: a test until one has passed, then saving. */
function FormButtons({
  course,
  passed,
  onCancel,
}: {
  readonly course: Course
  readonly passed: boolean
  readonly onCancel: (() => void) | undefined
}): ReactNode {
  const failed = course.fresh && !passed
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // What the test found may push what comes next out of sight.
    if (course.check !== null) row.current?.scrollIntoView({ block: 'nearest' })
  }, [course.check])
  return (
    <div className="row" ref={row}>
      <Button
        type={passed ? 'button' : 'submit'}
        variant={passed ? 'default' : 'filled'}
        loading={course.testing}
        disabled={course.saving}
        onClick={passed ? () => void course.test() : undefined}
      >
        {course.check === null ? 'Test' : 'Test again'}
      </Button>
      <Button
        type={passed ? 'submit' : 'button'}
        variant={passed ? 'filled' : 'default'}
        loading={course.saving}
        disabled={!course.fresh || course.testing}
        onClick={passed ? undefined : () => void course.save()}
      >
        {failed ? 'Save all the same' : 'Save'}
      </Button>
      {onCancel === undefined ? null : (
        <Button
          variant="subtle"
          color="gray"
          disabled={course.testing || course.saving}
          onClick={onCancel}
        >
          Cancel
        </Button>
      )}
      {course.fresh ? null : (
        <span className="small dim">Tested first, then saved. A test only reads.</span>
      )}
    </div>
  )
}
