/** What a reason or a phase sounds like. `failing`: something went wrong. `moving`: on its way. `resting`: stopped on purpose. `done`: it has come to its end. `well`: it serves. */
export type Tone = 'failing' | 'moving' | 'resting' | 'done' | 'well' | 'plain';

const restingWord = /suspend|paus(?:e|ed|ing)\b|hibernat|stopped|disabled|unmanaged|halted/i;
const doneWord = /^(?:succeeded|completed?|done|finished|promoted|closed)$/i;
const wellWord =
  /^(?:ready|running|active|healthy|available|bound|ok|in ?sync|synced|deployed|online|up|enabled|applied|reconciled|valid|created|established|connected|green|normal|stable|compliant|success|successful|health_ok)$/i;

/** In a reason anything of this kind says that something went wrong. */
const failingReason =
  /fail|error|invalid|denied|forbidden|unauthori[sz]ed|time(?:d ?|-)?out|deadline|exceeded|not ?found|doesnotexist|not ?exist|missing|unable|cannot|could ?not|crash|backoff|unhealthy|degraded|conflict|mismatch|refused|reject|abort|stalled|unreachable|unsupported|not ?permitted|terminal|insufficient|unrecoverable|misconfigur|\bErr[A-Z]|unresolved|disconnected|notSupported|overlap|timedout|collision/i;
/** Reasons that name a failure by their last word, whatever stands before. */
const plainFailure =
  /(?:Errors?(?:Found|Occurred)?|Failed|Failures?|Denied|Rejected|Invalid|Conflicts?|Mismatch|Collision(?:Detected)?|Forbidden|Unauthori[sz]ed|BackOff|TimedOut|Timeout|DeadlineExceeded)$/i;
const movingReason =
  /progress|creating|provisioning|pending|waiting|reconciling|initiali[sz]ing|starting|updating|upgrading|installing|deploying|scaling|rolling|issuing|restarting|bootstrapping|joining|queued|scheduling|draining|deleting|terminating|importing|binding|cloning|restoring|resizing|notstarted|dependencynotready|syncing|building|checking|retrieving|rebooting|evicting|migrating|propagating|\w ?not ?(?:yet ?)?(?:ready|complete|completed|available|running|started)$|^not\w+(?:ready|available|complete)$/i;

/** Whether a reason names a failure so plainly that the condition's type need not be known. */
export function isPlainFailure(reason: string): boolean {
  return plainFailure.test(reason) && toneOfReason(reason) === 'failing';
}

/** Of a condition's reason. That a part is `NotReady` is a wait: what is wrong with the part is told there. */
export function toneOfReason(reason: string): Tone {
  if (/^(?:No|Without)[A-Z]/.test(reason)) return 'plain';
  if (failingReason.test(reason)) return 'failing';
  if (movingReason.test(reason)) return 'moving';
  if (restingWord.test(reason)) return 'resting';
  return doneWord.test(reason) ? 'done' : 'plain';
}

/** A message that begins so speaks of a failure, whatever the reason beside it is (`Migrating`: Error: checksum mismatch). */
const failingMessage =
  /^\W{0,3}(?:errors?|fail(?:ed|ure)?|unable|cannot|could not|invalid|unknown|unsupported|no such|panic)\b/i;

/** Words that in a message speak of nothing but a failure. */
const failureInside =
  /\b(?:failed to|errors?:|CrashLoopBackOff|ImagePullBackOff|ErrImagePull|permission denied|access denied|forbidden|unauthori[sz]ed|connection refused|no such host|x509:|unschedulable|back-?off \d|failing\b(?! over)|exceeded quota)/i;

/** Whether a message that need not begin so speaks of a failure. Long ones are asked by their beginning. */
export function tellsFailure(message: string): boolean {
  return failureInside.test(message.slice(0, 400));
}

/** Of a condition's message: only its first words are asked. */
export function isFailingMessage(message: string): boolean {
  return failingMessage.test(message.slice(0, 40));
}

/** A phase is a state of its own: it must be such a word, not only hold one (`FailingOver` is no failure). */
const failingPhase =
  /^(?!no[ -_]?err|not ?fail)(?:.*fail(?:ed|ure|ing)|.*err(?:or(?:ed)?)?|.*degraded|unhealthy|lost|faulted|broken|crash.*|.*invalid|.*aborted|.*unrecoverable.*|.*unreachable|not ?ok|.*unavailable|red|dead|.*back ?off|no_quorum|offline|.*stalled|.*rejected|denied|.*timed ?out|fail|failure|critical|non[ -]?compliant|misconfigured|.*notfound|errorunschedulable|errorpvcnotfound|failed[ A-Z_-].*|cannot .*|unable .*|not enough .*|blocked.*|.*already exists.*|.*not allowed.*|.*not set properly)$/i;
const movingPhase =
  /^(?:pending|creat|provision|initiali|start|restart|updat|upgrad|deploy|install|scal|roll|progress|reconcil|wait|bootstrap|restor|recover|migrat|apply|configur|sync|delet|terminat|queue|schedul|import|clon|setting up|promot|boot|build|validat|prepar|join|resiz|rebuild|submit|pulling|connecting|switch|online upgrade|registering|inspecting|preparing|new$|unknown$|inprogress|retry|rebalanc)|in[ -_]?progress|being /i;

/** Of a phase, state or health word. */
export function toneOfPhase(word: string): Tone {
  // What is longer is prose.
  if (word.length > 120) return 'plain';
  // Most say so in one word: asked first, for the long lists cost more.
  if (wellWord.test(word)) return 'well';
  if (doneWord.test(word)) return 'done';
  if (restingWord.test(word)) return 'resting';
  if (failingPhase.test(word)) return 'failing';
  return movingPhase.test(word) ? 'moving' : 'plain';
}

/**
 * What a condition's type promises. `chief`: False says that the whole is not well. `good`: False is bad beside a chief that is well, too.
 * `part`: False is bad where no chief sums the parts up. `bad`: True is bad. `motion`: True says that it is on its way. `rest`: True says that it rests. `end`: it has come to its end, well or not.
 */
export type Polarity = 'chief' | 'good' | 'part' | 'bad' | 'motion' | 'rest' | 'end' | 'mute';

const chiefs = /^(?:Ready|Available|Healthy|Succeeded|Established|Programmed|Accepted)$/i;
const goods =
  /^(?:Synced|ResourceSynced|ResolvedRefs|Reconciled|ReconcileSuccess|ReconcileSucceeded|LastAsyncOperation|Installed|Deployed|Valid|Validated|WellFormed|NamesAccepted|ReleaseAccepted|SuccessfullyReconciled|SecretSynced|Configured)$/i;
const parts =
  /(?:Ready|Available|Healthy|Succeeded|Success|Successful|Valid|Validated|Synced|Accepted|Programmed|Applied|UpToDate|Connected|Created|Generated|Resolved|Registered|Bound|Reachable|Provisioned|Deployed|Installed|Reconciled|Admitted|Scheduled|Launched|[a-z]ed|[a-z](?:able|ible))$|^(?:Valid|Successfully)[A-Z]/;
/** They end like a deed that should be done, and are none. */
const undesired =
  /(?:Drift|Expir|Evict|Preempt|Block|Throttl|Skipp|Cancel|Cancell|Delet|Disrupt|Overload|Restrict|Limit|Outdat|Deprecat|Consolidat|Need|Requir|Terminat|Modifi|Chang|Lock|Pin|Requeu|Tainted|Cordon)ed$|(?:Upgrade|Migrat|Scal|Delet|Expand)e?able$|^(?:Un|Ir|In(?:ac|com|el))[a-z]+(?:able|ible)$/;
const bads =
  /^(?:Degraded|Failed|Failing|Failure|Error|Errored|Erroring|Stalled|Unhealthy|NotReady|Unavailable|Invalid|Terminal|Denied|Misconfigured|Conflicted|HasErrors|HasFailures|HasError|Crashed|Unreachable)$|(?:Failed|Failures?|Failing|Errors?|ErrorOccurred|Errored|Conflicts?|Pressure|Degraded|Stalled|Unhealthy|Invalid|Unreachable|Exceeded|Mismatch(?:ed)?|Missing|Violat(?:ed|ions?)|NotFound|Unresolved|TimedOut|Exhausted|Misconfigured|Rejected|Broken|Corrupt(?:ed)?)$|^Failed[A-Z]|^ProvisionStopped$/;
const negated = /^(?:No(?!t|de)|Not(?!Ready$)|Without|Is|Can|Previously)[A-Z]/;
const motions =
  /^(?:Progressing|Reconciling|Updating|Upgrading|Issuing|RollingUpdate|RollingOut|Initiali[sz]ing|Creating|ScalingUp|ScalingDown|Scaling|Restarting|Importing|Pending|Waiting|Installing|Remediating|UpdateInProgress|Provisioning|Processing|Running)$|InProgress$|Pending$/;
const ends = /^(?:Completed?|Finished|Done)$/;
const rests =
  /^(?:Paused|Suspended|Hibernat\w*|ReconciliationPaused|hibernation|Stopped|Disabled|Halted)$/i;

/** By the last part of the type: `ACK.Terminal`, `cnpg.io/hibernation`. */
export function polarityOf(type: string): Polarity {
  const name = type.slice(Math.max(type.lastIndexOf('/'), type.lastIndexOf('.')) + 1);
  if (rests.test(name)) return 'rest';
  if (ends.test(name)) return 'end';
  if (motions.test(name)) return 'motion';
  if (negated.test(name)) return 'mute';
  if (chiefs.test(name)) return 'chief';
  if (bads.test(name)) return 'bad';
  if (goods.test(name)) return 'good';
  return parts.test(name) && !undesired.test(name) ? 'part' : 'mute';
}

/** Bad conditions that no waiting mends. */
export function isFinal(type: string): boolean {
  return /(?:^|[./])(?:Stalled|Failed|Terminal|Denied|HasErrors)$/.test(type);
}
