import { Button, NumberInput, Radio } from '@mantine/core'
import { useState } from 'react'
import { ProblemNotice } from '../parts/notices.tsx'
import { Page } from '../parts/page.tsx'
import { Pending } from '../parts/rows.tsx'
import { fullMoment } from '../words/time.ts'
import { Holidays } from './holidays.tsx'
import { ReturnReasons } from './return-reasons.tsx'
import css from './settings.module.css'
import { useChangeSettings, usePolicyPreview, useSettings } from './settings.ts'
import type { PolicyBody, SettingsView } from './settings.ts'

/** What supervisors change of the office while it works; the rest stands in the office file. */
export function SettingsPage() {
  const query = useSettings()
  const settings = query.data
  // what stands above the rest comes with it
  const preview = usePolicyPreview(settings?.fairness)
  return (
    <Page
      title="Pengaturan"
      beside={
        settings?.changed
          ? `Terakhir diubah ${settings.changed.by}, ${fullMoment(settings.changed.at)}`
          : settings
            ? 'Belum pernah diubah'
            : '\u00a0'
      }
    >
      <div className={css.page} role="region" tabIndex={0} aria-label="Pengaturan">
        {settings && (preview.data || preview.isError) ? (
          <>
            <Policy key={JSON.stringify(settings.fairness)} settings={settings} />
            <Holidays settings={settings} />
            <ReturnReasons settings={settings} />
          </>
        ) : (
          <Pending query={query} failed="Pengaturan tidak dapat dimuat." loading="Memuat pengaturan" />
        )}
      </div>
    </Page>
  )
}

const POLICIES: readonly { value: PolicyBody['policy']; label: string; description: string }[] = [
  {
    value: 'fair',
    label: 'Adil antar sekolah',
    description: 'Bergiliran: setiap sekolah beberapa berkas tiap putaran.',
  },
  { value: 'fifo', label: 'Yang datang lebih dahulu', description: 'Satu sekolah besar dapat menahan yang lain.' },
  {
    value: 'sqrt-enrolment',
    label: 'Bergiliran, menurut jumlah murid',
    description: 'Sekolah yang lebih besar mendapat giliran lebih sering, menurut akar jumlah muridnya.',
  },
]
/** The schools that a policy moves the most are the ones to look at. */
const SHOWN = 12

/** In which order schools are served. What it would do is shown before it is stored. */
function Policy({ settings }: { settings: SettingsView }) {
  const [wish, setWish] = useState<PolicyBody>(settings.fairness)
  const change = useChangeSettings()
  const preview = usePolicyPreview(wish).data
  const same = wish.policy === settings.fairness.policy && wish.batch === settings.fairness.batch
  const moved = (preview?.schools ?? [])
    .toSorted((a, b) => Math.abs(b.wished.last - b.present.last) - Math.abs(a.wished.last - a.present.last))
    .slice(0, SHOWN)
  return (
    <section aria-labelledby="policy">
      <h2 id="policy">Urutan pelayanan</h2>
      {change.isError && <ProblemNotice error={change.error} title="Belum tersimpan." />}
      <div className={css.columns}>
        <div className={css.form}>
          <Radio.Group
            aria-labelledby="policy"
            value={wish.policy}
            onChange={(policy) => setWish({ ...wish, policy: policy as PolicyBody['policy'] })}
          >
            {POLICIES.map((one) => (
              <Radio key={one.value} mt="sm" {...one} />
            ))}
          </Radio.Group>
          {wish.policy !== 'fifo' && (
            <NumberInput
              label="Berkas tiap putaran"
              min={1}
              max={100}
              allowDecimal={false}
              value={wish.batch}
              onChange={(batch) => typeof batch === 'number' && batch >= 1 && setWish({ ...wish, batch })}
            />
          )}
          <p className={css.dim}>Berlaku untuk berkas yang masuk sesudah ini. Yang sudah antre tetap pada tempatnya.</p>
          <Button
            variant="filled"
            disabled={same}
            loading={change.isPending}
            onClick={() => change.mutate({ rev: settings.rev, fairness: wish })}
          >
            Simpan urutan
          </Button>
        </div>
        <div>
          <h3>Akibatnya</h3>
          <p className={css.dim} aria-live="polite">
            {preview === undefined
              ? '\u00a0'
              : preview.files === 0
                ? 'Tidak ada berkas yang menunggu untuk dijadikan contoh.'
                : `Seandainya ${preview.files} berkas yang sekarang menunggu verifikasi masuk dengan cara ini:`}
          </p>
          {moved.length > 0 && (
            <table className={css.preview}>
              <thead>
                <tr>
                  <th scope="col">Sekolah</th>
                  <th scope="col">Berkas</th>
                  <th scope="col">Posisi sekarang</th>
                  <th scope="col">Dengan cara ini</th>
                </tr>
              </thead>
              <tbody>
                {moved.map((one) => (
                  <tr key={one.school.npsn}>
                    <td>{one.school.name}</td>
                    <td>{one.files}</td>
                    <td>
                      {one.present.first}–{one.present.last}
                    </td>
                    <td>
                      <b>
                        {one.wished.first}–{one.wished.last}
                      </b>
                      {one.wished.last !== one.present.last && (
                        <span className={css.dim}>
                          {' '}
                          selesai {Math.abs(one.wished.last - one.present.last)}{' '}
                          {one.wished.last < one.present.last ? 'lebih awal' : 'lebih lambat'}
                        </span>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      </div>
    </section>
  )
}
