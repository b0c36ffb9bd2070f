interface Died {
  readonly what: string;
  readonly log: string;
  readonly reason: string;
  /** A part of the line that is shown. */
  readonly line: string;
  readonly host?: { readonly host: string; readonly port?: string };
}

const lines = (...all: readonly string[]): string => all.join('\n');

/** What real programs write when they end, as their libraries word it. */
export const diedOf: readonly Died[] = [
  // Refused.
  {
    what: 'Go, a driver that dials',
    log: lines(
      '2026/01/15 10:19:58 starting api',
      '2026/01/15 10:19:59 failed to connect to database: dial tcp 10.96.14.7:5432: connect: connection refused',
      'exit status 1',
    ),
    reason: 'DependencyConnectionRefused',
    line: 'failed to connect to database: dial tcp 10.96.14.7:5432: connect: connection refused',
    host: { host: '10.96.14.7', port: '5432' },
  },
  {
    what: 'Go, a panic above its goroutines',
    log: lines(
      'panic: dial tcp [::1]:6379: connect: connection refused',
      '',
      'goroutine 1 [running]:',
      'main.main()',
      '\t/src/main.go:18 +0x1d4',
    ),
    reason: 'DependencyConnectionRefused',
    line: 'panic: dial tcp [::1]:6379',
  },
  {
    what: 'Go, a client of the API server',
    log: 'E0115 10:19:59.123456       1 main.go:61] "Failed to get API Group-Resources" err="Get \\"https://10.96.0.1:443/api?timeout=32s\\": dial tcp 10.96.0.1:443: i/o timeout"',
    reason: 'DependencyTimeout',
    line: 'main.go:61] "Failed to get API Group-Resources"',
    host: { host: '10.96.0.1', port: '443' },
  },
  {
    what: 'Go, structured',
    log: '{"level":"error","ts":1700000000.5,"caller":"app/main.go:41","msg":"cannot start","error":"dial tcp 10.96.14.7:5432: connect: connection refused"}',
    reason: 'DependencyConnectionRefused',
    line: 'cannot start: dial tcp 10.96.14.7:5432: connect: connection refused',
    host: { host: '10.96.14.7', port: '5432' },
  },
  {
    what: 'Node',
    log: lines(
      'node:internal/process/promises:288',
      '            triggerUncaughtException(err, true /* fromPromise */);',
      '            ^',
      '',
      'Error: connect ECONNREFUSED 10.96.14.7:5432',
      '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1495:16) {',
      '  errno: -111,',
      "  code: 'ECONNREFUSED',",
      "  syscall: 'connect',",
      "  address: '10.96.14.7',",
      '  port: 5432',
      '}',
      '',
      'Node.js v18.16.0',
    ),
    reason: 'DependencyConnectionRefused',
    line: 'Error: connect ECONNREFUSED 10.96.14.7:5432',
    host: { host: '10.96.14.7', port: '5432' },
  },
  {
    what: 'Python, psycopg2 through SQLAlchemy',
    log: lines(
      'Traceback (most recent call last):',
      '  File "/app/app.py", line 12, in <module>',
      '    conn = psycopg2.connect(dsn)',
      'sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at "db" (10.96.14.7), port 5432 failed: Connection refused',
      '\tIs the server running on that host and accepting TCP/IP connections?',
      '',
      '(Background on this error at: https://sqlalche.me/e/20/e3q8)',
    ),
    reason: 'DependencyConnectionRefused',
    line: 'connection to server at "db" (10.96.14.7), port 5432 failed: Connection refused',
    host: { host: 'db', port: '5432' },
  },
  {
    what: 'libpq before 14, whose host stands below',
    log: lines(
      'psycopg2.OperationalError: could not connect to server: Connection refused',
      '\tIs the server running on host "postgres" (10.96.14.7) and accepting',
      '\tTCP/IP connections on port 5432?',
    ),
    reason: 'DependencyConnectionRefused',
    line: 'could not connect to server: Connection refused',
    host: { host: 'postgres' },
  },
  {
    what: 'psql',
    log: 'psql: error: could not connect to server "postgres.shop.svc": Connection refused (port 5432)',
    reason: 'DependencyConnectionRefused',
    line: 'could not connect to server "postgres.shop.svc"',
    host: { host: 'postgres.shop.svc' },
  },
  {
    what: 'Python, redis',
    log: 'redis.exceptions.ConnectionError: Error 111 connecting to redis:6379. Connection refused.',
    reason: 'DependencyConnectionRefused',
    line: 'Error 111 connecting to redis:6379. Connection refused.',
    host: { host: 'redis', port: '6379' },
  },
  {
    what: 'Python, requests',
    log: "requests.exceptions.ConnectionError: HTTPConnectionPool(host='auth', port=8080): Max retries exceeded with url: /healthz (Caused by NewConnectionError('<urllib3.connection.HTTPConnection object at 0x7f1c2a>: Failed to establish a new connection: [Errno 111] Connection refused'))",
    reason: 'DependencyConnectionRefused',
    line: "HTTPConnectionPool(host='auth', port=8080)",
    host: { host: 'auth', port: '8080' },
  },
  {
    what: 'Python, PyMySQL',
    log: "pymysql.err.OperationalError: (2003, \"Can't connect to MySQL server on 'mysql' ([Errno 111] Connection refused)\")",
    reason: 'DependencyConnectionRefused',
    line: "Can't connect to MySQL server on 'mysql'",
    host: { host: 'mysql' },
  },
  {
    what: 'Python, pymongo',
    log: 'pymongo.errors.ServerSelectionTimeoutError: mongo:27017: [Errno 111] Connection refused, Timeout: 30s, Topology Description: <TopologyDescription id: 65a>',
    reason: 'DependencyConnectionRefused',
    line: 'mongo:27017: [Errno 111] Connection refused',
    host: { host: 'mongo', port: '27017' },
  },
  {
    what: 'Java, PostgreSQL: the line that names whom before the one that names nobody',
    log: lines(
      "org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'flyway'",
      '\tat org.springframework.beans.factory.support.AbstractBeanFactory.doGetBean(AbstractBeanFactory.java:330)',
      'Caused by: org.postgresql.util.PSQLException: Connection to orders-db:5432 refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections.',
      '\tat org.postgresql.core.v3.ConnectionFactoryImpl.openConnectionImpl(ConnectionFactoryImpl.java:342)',
      '\t... 42 common frames omitted',
      'Caused by: java.net.ConnectException: Connection refused',
      '\tat java.base/sun.nio.ch.Net.pollConnect(Native Method)',
      '\t... 55 common frames omitted',
    ),
    reason: 'DependencyConnectionRefused',
    line: 'Connection to orders-db:5432 refused',
    host: { host: 'orders-db', port: '5432' },
  },
  {
    what: 'Java, Netty',
    log: 'Caused by: io.netty.channel.AbstractChannel$AnnotatedConnectException: Connection refused: redis/10.96.20.1:6379',
    reason: 'DependencyConnectionRefused',
    line: 'Connection refused: redis/10.96.20.1:6379',
    host: { host: 'redis', port: '6379' },
  },
  {
    what: 'Java, Kafka',
    log: '[2026-01-15 10:19:59,001] WARN [Producer clientId=producer-1] Connection to node -1 (kafka/10.96.3.3:9092) could not be established. Node may not be available. (org.apache.kafka.clients.NetworkClient)',
    reason: 'DependencyConnectionRefused',
    line: 'Connection to node -1 (kafka/10.96.3.3:9092) could not be established',
    host: { host: 'kafka', port: '9092' },
  },
  {
    what: '.NET',
    log: lines(
      'Unhandled exception. System.Net.Http.HttpRequestException: Connection refused (catalog-api:80)',
      ' ---> System.Net.Sockets.SocketException (111): Connection refused',
      '   at System.Net.Sockets.Socket.AwaitableSocketAsyncEventArgs.ThrowException(SocketError error, CancellationToken cancellationToken)',
      '   --- End of inner exception stack trace ---',
      '   at Program.<Main>$(String[] args) in /src/Program.cs:line 12',
    ),
    reason: 'DependencyConnectionRefused',
    line: 'Connection refused (catalog-api:80)',
    host: { host: 'catalog-api', port: '80' },
  },
  {
    what: 'Rust',
    log: lines(
      "thread 'main' panicked at src/main.rs:21:10:",
      'called `Result::unwrap()` on an `Err` value: Os { code: 111, kind: ConnectionRefused, message: "Connection refused" }',
      'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace',
    ),
    reason: 'DependencyConnectionRefused',
    line: "thread 'main' panicked at src/main.rs:21:10: called `Result::unwrap()`",
  },
  {
    what: 'Ruby',
    log: '/usr/local/bundle/gems/pg-1.5.4/lib/pg/connection.rb:828:in `async_connect_or_reset\': connection to server at "10.96.14.7", port 5432 failed: Connection refused (PG::ConnectionBad)',
    reason: 'DependencyConnectionRefused',
    line: 'connection to server at "10.96.14.7", port 5432 failed',
    host: { host: '10.96.14.7', port: '5432' },
  },
  {
    what: 'mysql',
    log: "ERROR 2003 (HY000): Can't connect to MySQL server on 'mysql:3306' (111 \"Connection refused\")",
    reason: 'DependencyConnectionRefused',
    line: "Can't connect to MySQL server on 'mysql:3306'",
    host: { host: 'mysql' },
  },
  {
    what: 'redis-cli',
    log: 'Could not connect to Redis at redis-master:6379: Connection refused',
    reason: 'DependencyConnectionRefused',
    line: 'Could not connect to Redis at redis-master:6379',
    host: { host: 'redis-master', port: '6379' },
  },
  {
    what: 'curl',
    log: "curl: (7) Failed to connect to api port 8080 after 2 ms: Couldn't connect to server",
    reason: 'DependencyConnectionRefused',
    line: 'Failed to connect to api port 8080',
    host: { host: 'api', port: '8080' },
  },
  {
    what: 'librdkafka',
    log: '%3|1700000000.123|FAIL|rdkafka#producer-1| [thrd:kafka:9092/bootstrap]: kafka:9092/bootstrap: Connect to ipv4#10.96.3.3:9092 failed: Connection refused (after 1ms in state CONNECT)',
    reason: 'DependencyConnectionRefused',
    line: 'kafka:9092/bootstrap',
    host: { host: 'kafka', port: '9092' },
  },
  // Not resolved.
  {
    what: 'Go',
    log: 'panic: failed to connect to `host=postgres user=app database=shop`: hostname resolving error (lookup postgres on 10.96.0.10:53: no such host)',
    reason: 'DependencyNotResolved',
    line: 'lookup postgres on 10.96.0.10:53: no such host',
    host: { host: 'postgres' },
  },
  {
    what: 'Go, a name server that does not answer',
    log: 'time="2026-01-15T10:19:59Z" level=fatal msg="dial tcp: lookup redis.shop.svc.cluster.local on 10.96.0.10:53: read udp 10.244.1.9:38211->10.96.0.10:53: i/o timeout"',
    reason: 'DependencyNotResolved',
    line: 'lookup redis.shop.svc.cluster.local',
    host: { host: 'redis.shop.svc.cluster.local' },
  },
  {
    what: 'Node',
    log: lines(
      'Error: getaddrinfo ENOTFOUND mongo',
      '    at GetAddrInfoReqWrap.onlookup [as oncomplete] (node:dns:108:26)',
    ),
    reason: 'DependencyNotResolved',
    line: 'getaddrinfo ENOTFOUND mongo',
    host: { host: 'mongo' },
  },
  {
    what: 'Node, again later',
    log: 'MongoServerSelectionError: getaddrinfo EAI_AGAIN mongodb.data.svc.cluster.local',
    reason: 'DependencyNotResolved',
    line: 'getaddrinfo EAI_AGAIN',
    host: { host: 'mongodb.data.svc.cluster.local' },
  },
  {
    what: 'Python, whose frames quote what they call',
    log: lines(
      'Traceback (most recent call last):',
      '  File "/usr/local/lib/python3.11/socket.py", line 962, in getaddrinfo',
      '    for res in _socket.getaddrinfo(host, port, family, type, proto, flags):',
      '               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
      'socket.gaierror: [Errno -2] Name or service not known',
    ),
    reason: 'DependencyNotResolved',
    line: 'socket.gaierror: [Errno -2] Name or service not known',
  },
  {
    what: 'libpq',
    log: 'psql: error: could not translate host name "db" to address: Name or service not known',
    reason: 'DependencyNotResolved',
    line: 'could not translate host name "db"',
    host: { host: 'db' },
  },
  {
    what: 'Java',
    log: 'Caused by: java.net.UnknownHostException: config-server: Name or service not known',
    reason: 'DependencyNotResolved',
    line: 'java.net.UnknownHostException: config-server',
    host: { host: 'config-server' },
  },
  {
    what: 'nginx',
    log: lines(
      '/docker-entrypoint.sh: Configuration complete; ready for start up',
      '2026/01/15 10:19:59 [emerg] 1#1: host not found in upstream "backend" in /etc/nginx/conf.d/default.conf:8',
      'nginx: [emerg] host not found in upstream "backend" in /etc/nginx/conf.d/default.conf:8',
    ),
    reason: 'DependencyNotResolved',
    line: 'nginx: [emerg] host not found in upstream "backend"',
    host: { host: 'backend' },
  },
  {
    what: 'mysql',
    log: "ERROR 2005 (HY000): Unknown MySQL server host 'mysql-primary' (-2)",
    reason: 'DependencyNotResolved',
    line: "Unknown MySQL server host 'mysql-primary'",
    host: { host: 'mysql-primary' },
  },
  {
    what: 'busybox',
    log: "wget: bad address 'api:8080'",
    reason: 'DependencyNotResolved',
    line: "bad address 'api:8080'",
    host: { host: 'api', port: '8080' },
  },
  {
    what: '.NET',
    log: 'Unhandled exception. System.Net.Http.HttpRequestException: Name or service not known (identity:8080)',
    reason: 'DependencyNotResolved',
    line: 'Name or service not known (identity:8080)',
    host: { host: 'identity', port: '8080' },
  },
  {
    what: 'Rust',
    log: 'Error: error sending request for url (http://rates:8080/v1): error trying to connect: dns error: failed to lookup address information: Name does not resolve',
    reason: 'DependencyNotResolved',
    line: 'failed to lookup address information',
    host: { host: 'rates', port: '8080' },
  },
  // Timeouts and routes.
  {
    what: 'wait-for-it',
    log: 'wait-for-it.sh: timeout occurred after waiting 15 seconds for db:5432',
    reason: 'DependencyTimeout',
    line: 'timeout occurred after waiting 15 seconds for db:5432',
    host: { host: 'db', port: '5432' },
  },
  {
    what: 'Go',
    log: 'Get "http://rates.shop.svc:8080/v1": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    reason: 'DependencyTimeout',
    line: 'context deadline exceeded',
    host: { host: 'rates.shop.svc', port: '8080' },
  },
  {
    what: 'Node',
    log: 'Error: connect ETIMEDOUT 10.96.14.7:5432',
    reason: 'DependencyTimeout',
    line: 'connect ETIMEDOUT 10.96.14.7:5432',
    host: { host: '10.96.14.7', port: '5432' },
  },
  {
    what: 'Go, no route',
    log: 'dial tcp 10.244.2.7:5432: connect: no route to host',
    reason: 'DependencyUnreachable',
    line: 'no route to host',
    host: { host: '10.244.2.7', port: '5432' },
  },
  // Who may not.
  {
    what: 'libpq: it answers, and refuses',
    log: 'psycopg2.OperationalError: connection to server at "db" (10.96.14.7), port 5432 failed: FATAL:  password authentication failed for user "app"',
    reason: 'AuthenticationFailed',
    line: 'password authentication failed for user "app"',
  },
  {
    what: 'MySQL',
    log: "ERROR 1045 (28000): Access denied for user 'app'@'10.244.1.9' (using password: YES)",
    reason: 'AuthenticationFailed',
    line: "Access denied for user 'app'",
  },
  {
    what: 'Redis',
    log: 'WRONGPASS invalid username-password pair or user is disabled.',
    reason: 'AuthenticationFailed',
    line: 'WRONGPASS',
  },
  {
    what: 'Redis, without any',
    log: 'ReplyError: NOAUTH Authentication required.',
    reason: 'AuthenticationFailed',
    line: 'NOAUTH',
  },
  {
    what: 'RabbitMQ',
    log: "pika.exceptions.ProbableAuthenticationError: ConnectionClosedByBroker: (403) 'ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN.'",
    reason: 'AuthenticationFailed',
    line: 'ACCESS_REFUSED',
  },
  {
    what: 'MongoDB',
    log: 'MongoServerError: Authentication failed.',
    reason: 'AuthenticationFailed',
    line: 'Authentication failed.',
  },
  {
    what: 'SQL Server',
    log: "Microsoft.Data.SqlClient.SqlException (0x80131904): Login failed for user 'sa'.",
    reason: 'AuthenticationFailed',
    line: "Login failed for user 'sa'",
  },
  // Certificates.
  {
    what: 'Go, expired',
    log: 'Error: Get "https://vault.vault.svc:8200/v1/sys/health": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-01-15T10:19:59Z is after 2026-01-14T00:00:00Z',
    reason: 'CertificateInvalid',
    line: 'certificate has expired',
    host: { host: 'vault.vault.svc', port: '8200' },
  },
  {
    what: 'Go, expired, and the panic that sums it up',
    log: lines(
      '2026/01/15 10:19:59 Get "https://auth.idp.svc:8443/jwks": x509: certificate has expired or is not yet valid',
      'panic: cannot fetch JWKS',
      '',
      'goroutine 1 [running]:',
    ),
    reason: 'CertificateInvalid',
    line: 'certificate has expired',
    host: { host: 'auth.idp.svc', port: '8443' },
  },
  {
    what: 'Go, unknown',
    log: 'x509: certificate signed by unknown authority',
    reason: 'CertificateInvalid',
    line: 'signed by unknown authority',
  },
  {
    what: 'Java',
    log: 'javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
    reason: 'CertificateInvalid',
    line: 'PKIX path building failed',
  },
  {
    what: 'Node',
    log: 'Error: unable to verify the first certificate',
    reason: 'CertificateInvalid',
    line: 'unable to verify the first certificate',
  },
  {
    what: 'Python',
    log: 'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1006)',
    reason: 'CertificateInvalid',
    line: 'CERTIFICATE_VERIFY_FAILED',
  },
  // Files, rights, disks, ports.
  {
    what: 'Python, a file',
    log: "PermissionError: [Errno 13] Permission denied: '/data/cache'",
    reason: 'PermissionDenied',
    line: "Permission denied: '/data/cache'",
  },
  {
    what: 'Node, a port',
    log: 'Error: listen EACCES: permission denied 0.0.0.0:80',
    reason: 'PermissionDenied',
    line: 'listen EACCES: permission denied 0.0.0.0:80',
  },
  {
    what: 'nginx, whose entry point warns of the same',
    log: lines(
      '10-listen-on-ipv6-by-default.sh: info: can not modify /etc/nginx/conf.d/default.conf (read-only file system?)',
      'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (13: Permission denied)',
    ),
    reason: 'PermissionDenied',
    line: 'mkdir() "/var/cache/nginx/client_temp" failed',
  },
  {
    what: 'a controller without the role',
    log: 'E0115 10:19:59.000001       1 reflector.go:138] pkg/mod/k8s.io/client-go@v0.26.1/tools/cache/reflector.go:169: Failed to watch *v1.Pod: failed to list *v1.Pod: pods is forbidden: User "system:serviceaccount:shop:controller" cannot list resource "pods" in API group "" at the cluster scope',
    reason: 'PermissionDenied',
    line: 'pods is forbidden: User',
  },
  {
    what: 'a root filesystem that is read-only',
    log: "OSError: [Errno 30] Read-only file system: '/app/tmp'",
    reason: 'PermissionDenied',
    line: 'Read-only file system',
  },
  {
    what: 'Postgres on a full volume',
    log: lines(
      '2026-01-15 10:19:59.001 UTC [1] LOG:  starting PostgreSQL 16.1',
      '2026-01-15 10:19:59.102 UTC [26] FATAL:  could not write to file "pg_wal/xlogtemp.26": No space left on device',
      '2026-01-15 10:19:59.110 UTC [1] LOG:  startup process (PID 26) exited with exit code 1',
      '2026-01-15 10:19:59.112 UTC [1] LOG:  database system is shut down',
    ),
    reason: 'DiskFull',
    line: 'FATAL:  could not write to file "pg_wal/xlogtemp.26": No space left on device',
  },
  {
    what: 'Node',
    log: 'Error: ENOSPC: no space left on device, write',
    reason: 'DiskFull',
    line: 'ENOSPC',
  },
  {
    what: 'Node, a port',
    log: 'Error: listen EADDRINUSE: address already in use :::8080',
    reason: 'AddressInUse',
    line: 'EADDRINUSE',
  },
  {
    what: 'Go, a port',
    log: 'listen tcp :8080: bind: address already in use',
    reason: 'AddressInUse',
    line: 'bind: address already in use',
  },
  {
    what: 'Spring',
    log: 'Web server failed to start. Port 8080 was already in use.',
    reason: 'AddressInUse',
    line: 'Port 8080 was already in use',
  },
  // Memory.
  {
    what: 'Java',
    log: 'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space',
    reason: 'HeapExhausted',
    line: 'java.lang.OutOfMemoryError: Java heap space',
  },
  {
    what: 'Node',
    log: lines(
      '<--- Last few GCs --->',
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      ' 1: 0xb09980 node::Abort() [node]',
      ' 2: 0xa1c235 node::FatalError(char const*, char const*) [node]',
    ),
    reason: 'HeapExhausted',
    line: 'JavaScript heap out of memory',
  },
  { what: 'Python', log: 'MemoryError', reason: 'HeapExhausted', line: 'MemoryError' },
  {
    what: 'Rust',
    log: 'memory allocation of 1073741824 bytes failed',
    reason: 'HeapExhausted',
    line: 'memory allocation of 1073741824 bytes failed',
  },
  // What is not there.
  {
    what: 'Node',
    log: lines(
      'node:internal/modules/cjs/loader:1080',
      '  throw err;',
      '  ^',
      '',
      "Error: Cannot find module '/app/server.js'",
      '    at Module._resolveFilename (node:internal/modules/cjs/loader:1077:15)',
      "  code: 'MODULE_NOT_FOUND',",
      '  requireStack: []',
      '}',
    ),
    reason: 'FileMissing',
    line: 'MODULE_NOT_FOUND',
  },
  {
    what: 'Python',
    log: "ModuleNotFoundError: No module named 'requests'",
    reason: 'FileMissing',
    line: "No module named 'requests'",
  },
  {
    what: 'Java',
    log: lines(
      'Error: Could not find or load main class com.example.Main',
      'Caused by: java.lang.ClassNotFoundException: com.example.Main',
    ),
    reason: 'FileMissing',
    line: 'ClassNotFoundException: com.example.Main',
  },
  {
    what: 'Java, a jar',
    log: 'Error: Unable to access jarfile /app/app.jar',
    reason: 'FileMissing',
    line: 'Unable to access jarfile',
  },
  {
    what: 'Go',
    log: 'open /etc/app/config.yaml: no such file or directory',
    reason: 'FileMissing',
    line: 'open /etc/app/config.yaml',
  },
  {
    what: 'the loader',
    log: './server: error while loading shared libraries: libssl.so.1.1: cannot open shared object file: No such file or directory',
    reason: 'FileMissing',
    line: 'libssl.so.1.1',
  },
  {
    what: 'a shell',
    log: '/bin/sh: 1: gunicorn: not found',
    reason: 'CommandNotFound',
    line: 'gunicorn: not found',
  },
  {
    what: 'a kernel',
    log: 'exec /usr/local/bin/app: exec format error',
    reason: 'WrongArchitecture',
    line: 'exec format error',
  },
  // Settings.
  {
    what: 'Python, os.environ',
    log: lines(
      'Traceback (most recent call last):',
      '  File "/app/settings.py", line 9, in <module>',
      "    url = os.environ['DATABASE_URL']",
      '  File "<frozen os>", line 679, in __getitem__',
      "KeyError: 'DATABASE_URL'",
    ),
    reason: 'SettingMissing',
    line: "KeyError: 'DATABASE_URL'",
  },
  {
    what: 'Ruby, ENV.fetch',
    log: 'config/boot.rb:3:in `fetch\': key not found: "SECRET_KEY_BASE" (KeyError)',
    reason: 'SettingMissing',
    line: 'key not found: "SECRET_KEY_BASE"',
  },
  {
    what: 'Go, envconfig',
    log: 'required key DATABASE_URL missing value',
    reason: 'SettingMissing',
    line: 'required key DATABASE_URL missing value',
  },
  {
    what: 'Elixir',
    log: '** (RuntimeError) environment variable DATABASE_URL is missing.',
    reason: 'SettingMissing',
    line: 'environment variable DATABASE_URL is missing',
  },
  {
    what: 'Go, cobra',
    log: 'Error: required flag(s) "config" not set',
    reason: 'SettingMissing',
    line: 'required flag(s) "config" not set',
  },
  {
    what: 'Spring',
    log: `Caused by: java.lang.IllegalArgumentException: Could not resolve placeholder 'PAYMENT_URL' in value "\${PAYMENT_URL}"`,
    reason: 'SettingMissing',
    line: "Could not resolve placeholder 'PAYMENT_URL'",
  },
  {
    what: 'Postgres, first start',
    log: lines(
      'Error: Database is uninitialized and superuser password is not specified.',
      '       You must specify POSTGRES_PASSWORD to a non-empty value for the',
      '       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".',
    ),
    reason: 'SettingMissing',
    line: 'superuser password is not specified',
  },
  {
    what: 'MySQL, first start',
    log: lines(
      '2026-01-15 10:19:59+00:00 [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
      '    You need to specify one of the following as an environment variable:',
      '    - MYSQL_ROOT_PASSWORD',
    ),
    reason: 'SettingMissing',
    line: 'password option is not specified',
  },
  {
    what: 'a program in its own words',
    log: 'FATAL: STRIPE_API_KEY is not set',
    reason: 'SettingMissing',
    line: 'STRIPE_API_KEY is not set',
  },
  // Schema.
  {
    what: 'Postgres',
    log: 'django.db.utils.ProgrammingError: relation "orders" does not exist',
    reason: 'SchemaMissing',
    line: 'relation "orders" does not exist',
  },
  {
    what: 'MySQL',
    log: "java.sql.SQLSyntaxErrorException: Table 'shop.orders' doesn't exist",
    reason: 'SchemaMissing',
    line: "Table 'shop.orders' doesn't exist",
  },
  {
    what: 'SQLite',
    log: 'sqlite3.OperationalError: no such table: orders',
    reason: 'SchemaMissing',
    line: 'no such table: orders',
  },
  {
    what: 'Postgres, the database',
    log: 'FATAL:  database "shop" does not exist',
    reason: 'SchemaMissing',
    line: 'database "shop" does not exist',
  },
  {
    what: 'golang-migrate',
    log: 'error: Dirty database version 12. Fix and force version.',
    reason: 'SchemaMissing',
    line: 'Dirty database version 12',
  },
  // Configuration.
  {
    what: 'YAML in Go',
    log: 'error loading config: yaml: line 14: mapping values are not allowed in this context',
    reason: 'ConfigInvalid',
    line: 'yaml: line 14',
  },
  {
    what: 'JSON in Go',
    log: "invalid character '}' looking for beginning of object key string",
    reason: 'ConfigInvalid',
    line: "invalid character '}'",
  },
  {
    what: 'JSON in Node',
    log: 'SyntaxError: Unexpected token } in JSON at position 42',
    reason: 'ConfigInvalid',
    line: 'Unexpected token } in JSON',
  },
  {
    what: 'JSON in Python',
    log: 'json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
    reason: 'ConfigInvalid',
    line: 'JSONDecodeError',
  },
  {
    what: 'a port that the service link of the same name took',
    log: 'panic: strconv.Atoi: parsing "tcp://10.96.20.1:6379": invalid syntax',
    reason: 'ConfigInvalid',
    line: 'strconv.Atoi: parsing',
  },
  {
    what: 'nginx',
    log: 'nginx: [emerg] unknown directive "proxy_passs" in /etc/nginx/conf.d/default.conf:12',
    reason: 'ConfigInvalid',
    line: 'unknown directive "proxy_passs"',
  },
  {
    what: 'Redis',
    log: lines(
      '*** FATAL CONFIG FILE ERROR (Redis 7.2.3) ***',
      'Reading the configuration file, at line 3',
      ">>> 'maxmemory-polcy allkeys-lru'",
      'Bad directive or wrong number of arguments',
    ),
    reason: 'ConfigInvalid',
    line: 'Bad directive or wrong number of arguments',
  },
  {
    what: 'Go, a flag',
    log: lines('flag provided but not defined: -prot', 'Usage of /app/server:', '  -port int'),
    reason: 'ConfigInvalid',
    line: 'flag provided but not defined: -prot',
  },
  {
    what: 'MySQL, an option',
    log: "2026-01-15T10:19:59.000000Z 0 [ERROR] [MY-000067] [Server] unknown variable 'max_conections=500'.",
    reason: 'ConfigInvalid',
    line: "unknown variable 'max_conections=500'",
  },
  // Which of several lines.
  {
    what: 'an error that sums up what stands above it',
    log: lines(
      'ERROR dial tcp 10.96.14.7:5432: connect: connection refused',
      'ERROR giving up after 5 attempts',
      'INFO shutting down',
    ),
    reason: 'DependencyConnectionRefused',
    line: 'dial tcp 10.96.14.7:5432',
  },
  {
    what: 'an exception that says that it follows from another',
    log: lines(
      "KeyError: 'DATABASE_URL'",
      '',
      'The above exception was the direct cause of the following exception:',
      '',
      'Traceback (most recent call last):',
      '  File "/app/main.py", line 3, in <module>',
      '    raise StartupError("no settings") from error',
      'main.StartupError: no settings',
    ),
    reason: 'SettingMissing',
    line: "KeyError: 'DATABASE_URL'",
  },
  {
    what: 'the last of two that are known',
    log: lines(
      'WARN dial tcp 10.96.14.7:5432: connect: connection refused, trying again',
      'FATAL password authentication failed for user "app"',
    ),
    reason: 'AuthenticationFailed',
    line: 'password authentication failed',
  },
];

interface Says {
  readonly what: string;
  readonly log: string;
  /** The line that is shown; undefined: none. No cause is known from it. */
  readonly line: string | undefined;
  /** It runs, and was never ready. */
  readonly runs?: true;
}

/** What says no cause that the table knows. */
export const says: readonly Says[] = [
  {
    what: 'an exception of another kind after a warning that passed',
    log: lines(
      'WARN dial tcp 10.96.14.7:5432: connect: connection refused, trying again',
      'INFO connected',
      "TypeError: Cannot read properties of undefined (reading 'id')",
      '    at handler (/app/index.js:10:5)',
    ),
    line: "TypeError: Cannot read properties of undefined (reading 'id')",
  },
  {
    what: 'information, whatever it is about',
    log: lines('INFO connection refused is retried 5 times', 'INFO ready'),
    line: 'INFO ready',
  },
  {
    what: 'the last words of who died, also where they are no error',
    log: lines('starting', 'Segmentation fault (core dumped)', ''),
    line: 'Segmentation fault (core dumped)',
  },
  { what: 'nothing', log: '\n\n', line: undefined },
  {
    what: 'who runs and only says that it does',
    log: lines('GET /healthz 503', 'GET /healthz 503'),
    line: undefined,
    runs: true,
  },
  {
    what: 'who runs and says an error',
    log: lines('level=error msg="cache is cold"', 'GET /healthz 503'),
    line: 'level=error msg="cache is cold"',
    runs: true,
  },
  {
    what: 'a panic of Go above its goroutines',
    log: lines(
      'panic: runtime error: invalid memory address or nil pointer dereference',
      '[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x47b2c1]',
      '',
      'goroutine 1 [running]:',
      'main.(*Server).Start(0x0)',
      '\t/src/server.go:31 +0x21',
      'exit status 2',
    ),
    line: 'panic: runtime error: invalid memory address or nil pointer dereference',
  },
  {
    what: 'the last cause of Java',
    log: lines(
      'Exception in thread "main" java.lang.IllegalStateException: cannot start',
      '\tat com.example.Main.main(Main.java:12)',
      'Caused by: java.lang.NullPointerException: Cannot invoke "String.length()" because "name" is null',
      '\tat com.example.Main.load(Main.java:31)',
      '\t... 1 more',
    ),
    line: 'Caused by: java.lang.NullPointerException: Cannot invoke "String.length()" because "name" is null',
  },
  {
    what: 'a deadline of nobody in particular',
    log: 'ERROR context deadline exceeded',
    line: 'ERROR context deadline exceeded',
  },
  {
    what: 'watchers of files are no disk',
    log: "Error: ENOSPC: System limit for number of file watchers reached, watch '/app'",
    line: "Error: ENOSPC: System limit for number of file watchers reached, watch '/app'",
  },
];
