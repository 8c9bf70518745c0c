import { ENTRA_DELETIONS_COURSE } from '../courses/entra-deletions.ts'
import { ENTRA_LOGS_COURSE } from '../courses/entra-logs.ts'
import { ENTRA_ON_DEMAND_COURSE } from '../courses/entra-on-demand.ts'
import { ENTRA_PROGRESS_COURSE } from '../courses/entra-progress.ts'
import { ENTRA_QUARANTINE_COURSE } from '../courses/entra-quarantine.ts'
import { ENTRA_SCOPING_COURSE } from '../courses/entra-scoping.ts'
import { proveCourses } from './prove-courses.ts'

proveCourses(
  ENTRA_SCOPING_COURSE,
  ENTRA_ON_DEMAND_COURSE,
  ENTRA_LOGS_COURSE,
  ENTRA_PROGRESS_COURSE,
  ENTRA_QUARANTINE_COURSE,
  ENTRA_DELETIONS_COURSE,
)
