import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { runProcess } from '#kit/system/run-process.ts'
import { dialpadResidence } from './app.ts'

await runProcess([dialpadResidence(process.env['MICROSOFT_AUTHORITY'])], SYSTEM_ADDRESSES, process.env)
