import { runPost } from './action.ts';

// Open sockets and an upload's own retries must not keep the job: what is to be written is written.
process.exit(await runPost(process));
