import * as z from 'zod';

const named = { name: z.string().min(1) };
const text = z.string().nullish();

/** What is read of a kubeconfig; everything else in it is passed on as it is. */
export const kubeconfigSchema = z.looseObject({
  'current-context': text,
  clusters: z.array(
    z.looseObject({
      ...named,
      cluster: z.looseObject({
        server: z.url({ protocol: /^https?$/ }),
        'certificate-authority': text,
        'certificate-authority-data': text,
        'insecure-skip-tls-verify': z.boolean().nullish(),
        'proxy-url': text,
      }),
    }),
  ),
  contexts: z.array(
    z.looseObject({
      ...named,
      context: z.looseObject({ cluster: z.string().min(1), user: text, namespace: text }),
    }),
  ),
  users: z
    .array(
      z.looseObject({
        ...named,
        user: z
          .looseObject({
            token: text,
            'token-file': text,
            tokenFile: text,
            password: text,
            'client-certificate': text,
            'client-key': text,
            'client-key-data': text,
            exec: z
              .looseObject({
                command: z.string().min(1),
                args: z.array(z.string()).nullish(),
                env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
                apiVersion: text,
                provideClusterInfo: z.boolean().nullish(),
              })
              .nullish(),
            'auth-provider': z.looseObject({}).nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
});
export type Kubeconfig = z.infer<typeof kubeconfigSchema>;
export type ConfigUser = NonNullable<NonNullable<Kubeconfig['users']>[number]['user']>;
export type ExecPlugin = NonNullable<ConfigUser['exec']>;
