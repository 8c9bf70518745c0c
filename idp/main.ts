import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { runProcess } from '#kit/system/run-process.ts'
import { idpResidences } from './app.ts'

await runProcess(idpResidences(), SYSTEM_ADDRESSES, process.env)
