// Makes what Evercard.Look.dll carries: node make.mjs FOLDER-OF-NHSUK OUTPUT-FOLDER
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const [nhsuk, output] = process.argv.slice(2)
const ours = (name) => readFileSync(new URL(name, import.meta.url), 'utf8')

// The typeface of the NHS is licensed, and pages may load nothing from elsewhere. Its icons travel inside the sheet.
const theirs = readFileSync(`${nhsuk}/nhsuk-frontend.min.css`, 'utf8')
  .replace(/@font-face\s*\{[^}]*\}/g, '')
  .replace(/font-family:[^;}]*frutiger[^;}]*/gi, 'font-family:arial,sans-serif')
  .replace(/\/\*[\s\S]*?\*\//g, '')
  .replace(/url\(["']?\/assets\/images\/([a-z-]+\.svg)["']?\)/g, (_, name) => {
    const icon = readFileSync(`${nhsuk}/assets/images/${name}`, 'utf8').replace(/\s+/g, ' ').trim()
    return `url("data:image/svg+xml,${encodeURIComponent(icon).replaceAll('%20', ' ').replaceAll("'", '%27')}")`
  })

const wrong = theirs.match(/frutiger|@font-face|@import|url\((?!"data:)[^)]*\)?/i)
if (wrong) throw new Error(`The style sheet of nhsuk-frontend still holds: ${wrong[0]}`)

const smaller = (css) => css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ').replace(/ ?([{};,]) ?/g, '$1').replace(/: /g, ':').trim()

const assets = {
  'look.css': `${theirs.trim()}\n${smaller(ours('evercard.css'))}\n`,
  'look.js': ours('look.js').replace(/^\s*\/\/.*\n/gm, '').replace(/^\s+/gm, ''),
  'icon.svg': ours('icon.svg'),
}

mkdirSync(output, { recursive: true })
for (const [name, text] of Object.entries(assets)) {
  const bytes = Buffer.from(text)
  writeFileSync(`${output}/${name}`, bytes)
  writeFileSync(`${output}/${name}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }))
  writeFileSync(`${output}/${name}.gz`, gzipSync(bytes, { level: 9 }))
}
