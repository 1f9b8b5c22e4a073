/** Two drawn pupils, upright and facing us: one on red for odd birth years, one on blue for even ones. */
export function samplePortraits(): Record<string, string> {
  return { 'foto-merah': portrait('#c8161d', girl()), 'foto-biru': portrait('#1f4fb4', boy()) }
}

const SKIN = '#dcae84'
const SHADE = '#c8966a'

function portrait(background: string, child: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="900" viewBox="0 0 600 900">
    <rect width="600" height="900" fill="${background}"/>
    ${child}
    <rect y="846" width="600" height="54" fill="#ffffff" opacity="0.92"/>
    <text x="300" y="883" font-size="30" font-weight="700" text-anchor="middle" fill="#c03030"
      font-family="DejaVu Sans, sans-serif">CONTOH · REKAAN</text>
  </svg>`
}

/** Shoulders in a white school shirt, and the neck. */
function shirt(collar: string): string {
  return `<path d="M40 900c0-190 110-250 190-262h140c80 12 190 72 190 262z" fill="#f6f6f2"/>
    <path d="M248 560h104v100c0 40-104 40-104 0z" fill="${SHADE}"/>
    <path d="M230 636l70 66-52 46-46-88zM370 636l-70 66 52 46 46-88z" fill="#ffffff" stroke="#d8d8d0" stroke-width="3"/>
    ${collar}`
}

function face(): string {
  return `<ellipse cx="300" cy="420" rx="138" ry="172" fill="${SKIN}"/>
    <g fill="#2c1d14"><ellipse cx="246" cy="412" rx="14" ry="17"/><ellipse cx="354" cy="412" rx="14" ry="17"/></g>
    <g fill="#ffffff"><circle cx="251" cy="406" r="5"/><circle cx="359" cy="406" r="5"/></g>
    <g fill="none" stroke="#3a271b" stroke-width="8" stroke-linecap="round">
      <path d="M222 374q24-16 48-4M330 370q24-12 48 4"/></g>
    <path d="M292 470q-8 14 8 18q14 0 12-10" fill="none" stroke="${SHADE}" stroke-width="7" stroke-linecap="round"/>
    <path d="M258 520q42 34 84 0" fill="none" stroke="#a2503f" stroke-width="9" stroke-linecap="round"/>`
}

function boy(): string {
  const tie = '<path d="M284 700h32l10 26-14 120h-24l-14-120z" fill="#b8232b"/>'
  return `${shirt(tie)}
    <g fill="${SHADE}"><ellipse cx="160" cy="430" rx="24" ry="40"/><ellipse cx="440" cy="430" rx="24" ry="40"/></g>
    ${face()}
    <path d="M156 400c-14-130 60-196 144-196s160 62 144 196c-24-50-46-96-70-104c-60 22-130 20-176-4c-12 26-20 56-42 108z"
      fill="#23180f"/>`
}

/** With the white headscarf of a school uniform. */
function girl(): string {
  return `${shirt('')}
    ${face()}
    <path fill-rule="evenodd" fill="#fbfbf8" stroke="#dedfd8" stroke-width="4"
      d="M300 196c-120 0-186 90-186 224c0 130-20 250-44 330c80 70 380 70 460 0c-24-80-44-200-44-330c0-134-66-224-186-224z
         M300 282c76 0 122 58 122 142c0 96-54 164-122 164s-122-68-122-164c0-84 46-142 122-142z"/>
    <path d="M300 590c-30 50-80 96-150 130M300 590c40 60 90 90 150 110" fill="none" stroke="#dedfd8" stroke-width="5"/>`
}
