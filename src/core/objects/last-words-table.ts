/** A kind of failure that programs word alike. */
export interface KnownWords {
  /** What the container likely died of. */
  readonly reason: string;
  readonly pattern: RegExp;
  /** The fault may be that of whom the line speaks of. */
  readonly dependency?: true;
  /** The words alone say too little: the line must name whom. */
  readonly needsAddress?: true;
  /** The name server did not answer: it may be its fault. */
  readonly silentDns?: true;
}

/** Words of runtimes, drivers and servers, the most telling first: what a line says of why goes before how it found out. */
export const knownWords: readonly KnownWords[] = [
  {
    reason: 'AuthenticationFailed',
    pattern:
      /access denied for user|password authentication failed|WRONGPASS|NOAUTH\b|invalid username-password pair|no pg_hba\.conf entry|login failed for user|ACCESS_REFUSED|authentication failed|auth(?:entication)? error|SASL authentication|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|invalid_(?:client|grant)|\b401 Unauthorized|role "[^"]{1,100}" does not exist|ER_ACCESS_DENIED_ERROR|code = Unauthenticated/i,
  },
  {
    reason: 'CertificateInvalid',
    pattern:
      /certificate has expired|certificate expired|CERT_HAS_EXPIRED|certificate is not yet valid|NotAfter:/i,
    dependency: true,
  },
  {
    reason: 'CertificateInvalid',
    pattern:
      /x509:|certificate signed by unknown authority|unable to (?:get local issuer|verify the first) certificate|UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)|self[- ]signed certificate|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|PKIX path|CERTIFICATE_VERIFY_FAILED|certificate verify failed|SSLHandshakeException|ERR_TLS_CERT|remote certificate (?:is|was) (?:invalid|rejected)|UnknownIssuer|invalid peer certificate/i,
  },
  {
    reason: 'SchemaMissing',
    pattern:
      /(?:relation|column|schema|database|type) ["'][^"']{1,100}["'](?: of relation "[^"]{1,100}")? does not exist|table ['"][^'"]{1,140}['"] doesn't exist|no such (?:table|column): |unknown (?:column|database) '|ER_(?:NO_SUCH_TABLE|BAD_DB_ERROR)|pending migration|migrations? (?:is|are) (?:pending|required)|dirty database version|(?:failed|unapplied) migration|migration .{1,80} failed|invalid object name '/i,
  },
  {
    // By its name: settings are written in capitals.
    reason: 'SettingMissing',
    pattern:
      /(?:KeyError|key not found): ['"][A-Z][A-Z0-9_]{1,80}['"]|\b[A-Z][A-Z0-9]{1,40}_[A-Z0-9_]{1,60}["'`]? (?:(?:is|was|are|must be) )?(?:not (?:set|defined|provided|specified)|required|missing|undefined|set\b|empty)|VarError|NotPresent\b/,
  },
  {
    reason: 'SettingMissing',
    pattern:
      /environment variable["'` ]{0,2}:? ?["'`]?[\w.]{0,80}["'`]? ?(?:(?:is|was|has) )?(?:not (?:set|found|present|defined|been set)|missing|required|undefined|empty|unset|must be set)|(?:missing|undefined) (?:required |mandatory )?(?:environment|env\b|config(?:uration)?|setting|variable|argument|option|flag|parameter|value for|key)|required (?:key|environment variable|env var|setting|configuration|option|flag|property)s?\(?s?\)? ["'`]?[\w.,"' -]{1,100}["'`]? (?:(?:is |was )?(?:missing|not (?:set|provided|found|specified))|missing value)|could not resolve placeholder|superuser password is not specified|password option is not specified/i,
  },
  {
    reason: 'DiskFull',
    pattern:
      /no space left on device|ENOSPC(?!: System limit)|disk quota exceeded|EDQUOT|database or disk is full|disk is full|not enough (?:free )?(?:disk )?space/i,
  },
  {
    reason: 'AddressInUse',
    pattern: /address (?:is )?already in use|EADDRINUSE|port \d{1,5} (?:is|was) already in use/i,
  },
  {
    reason: 'HeapExhausted',
    pattern:
      /OutOfMemoryError|OutOfMemoryException|JavaScript heap out of memory|Reached heap limit|\bMemoryError\b|runtime: out of memory|std::bad_alloc|cannot allocate memory|ENOMEM|memory allocation of \d{1,20} bytes failed|Allowed memory size of \d{1,20} bytes exhausted|unable to create (?:new )?native thread/i,
  },
  {
    reason: 'DependencyNotResolved',
    pattern:
      /EAI_AGAIN|temporary failure in name resolution|server misbehaving|lookup [^ ]{1,253}(?: on [^ ]{1,80})?: .{0,120}i\/o timeout|lookup [^ ]{1,253}(?: on [^ ]{1,80})?: .{0,120}connection refused/i,
    dependency: true,
    silentDns: true,
  },
  {
    reason: 'DependencyNotResolved',
    pattern:
      /no such host|\bENOTFOUND|name or service not known|getaddrinfo (?:failed|error|EAI)|UnknownHostException|could not translate host name|could not resolve host|bad address '|host not found in (?:upstream|resolver)|nodename nor servname|unknown MySQL server host|name does not resolve|failed to lookup address|failed to resolve ['"\w]|no resolvable bootstrap urls|no address associated with hostname|NXDOMAIN/i,
    dependency: true,
  },
  {
    reason: 'DependencyConnectionRefused',
    pattern:
      /connection refused|ECONNREFUSED|ConnectionRefused|actively refused|Connection to [^ ]{1,260} refused|couldn't connect to server|UnableToConnect on|could not be established\. (?:Node|Broker) may not be available|- no response$/i,
    dependency: true,
  },
  {
    reason: 'DependencyUnreachable',
    pattern:
      /no route to host|EHOSTUNREACH|network is unreachable|ENETUNREACH|host is unreachable/i,
    dependency: true,
  },
  {
    reason: 'DependencyTimeout',
    pattern:
      /i\/o timeout|ETIMEDOUT|connect(?:ion)? timed out|connect timeout|ConnectTimeout|timeout expired|timed? ?out (?:after|waiting)|timeout occurred after waiting|operation timed out|deadline exceeded|SocketTimeoutException|ServerSelectionTimeoutError|timeout after .{1,20} waiting/i,
    dependency: true,
    needsAddress: true,
  },
  {
    reason: 'PermissionDenied',
    pattern:
      /permission denied|EACCES|\bEPERM\b|operation not permitted|read-only file ?system|EROFS|is forbidden: User |UnauthorizedAccessException|AccessDeniedException|is not writable|is not readable/i,
  },
  {
    reason: 'ConfigInvalid',
    pattern:
      /yaml: (?:line \d|unmarshal|control|did not|found|mapping|invalid)|error converting YAML|yaml\.(?:scanner|parser)\.|YAMLException|mapping values are not allowed|invalid character .{1,12} (?:looking for|after|in )|unexpected token .{1,60} JSON|unexpected end of JSON|JSONDecodeError|(?:JSON|TOML|INI|config(?:uration)?)(?: file)? (?:parse|syntax) error|json: cannot unmarshal|toml: |(?:parsing|parse|load(?:ing)?|read(?:ing)?) (?:the )?(?:config|configuration)\b.{0,120}(?:fail|error|invalid)|(?:failed|unable|error|cannot|could not)(?: to)? (?:parse|parsing|decode|unmarshal|load|loading) (?:the )?config|unknown directive "|invalid (?:port|configuration|config)\b|strconv\.\w{1,20}: parsing|invalid literal for int\(\)|NumberFormatException|flag provided but not defined|unknown (?:shorthand )?flag|unrecognized (?:arguments?|configuration parameter|option)|unknown (?:option|variable) ['"-]|FATAL CONFIG FILE ERROR|bad directive or wrong number of arguments|\[emerg\] .{0,200} in \/etc\/nginx/i,
  },
  {
    reason: 'FileMissing',
    pattern:
      /no such file or directory|\bENOENT|cannot find module|MODULE_NOT_FOUND|ModuleNotFoundError|No module named|ClassNotFoundException|NoClassDefFoundError|could not find or load main class|unable to access jarfile|FileNotFoundError|FileNotFoundException|cannot find the file|could not find file|can't open file|failed to open stream|cannot load such file|os error 2\)/i,
  },
  {
    reason: 'CommandNotFound',
    pattern:
      /^[^:]{1,100}:(?: line)? ?\d{0,6}:? .{1,120}: (?:command )?not found$|executable file not found/i,
  },
  { reason: 'WrongArchitecture', pattern: /exec format error/i },
];
