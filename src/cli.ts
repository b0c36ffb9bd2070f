import { runCommand } from './commands.ts';

// Who reads no further (`kube-vigil checks | head`) ends nothing: a cycle goes on, and no stack is printed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await runCommand(process.argv.slice(2), process);
