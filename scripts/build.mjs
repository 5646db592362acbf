/** `npm run build`: builds the app, whatever lies in `out/`. */
import { build } from './common/app-build.mjs'
import { runScript } from './common/notice.mjs'

runScript(build)
