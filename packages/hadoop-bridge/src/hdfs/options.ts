// How a client is told where HDFS is, who asks, and how long to be patient. Plain data but for
// `onWait`, so that it can be handed to a thread.

/** How long a client waits for what, in milliseconds. */
export interface Patience {
  /** For a connection. */
  readonly connectMs: number;
  /** For the beginning of an answer. */
  readonly answerMs: number;
  /** For the next bytes of a body, in either direction. */
  readonly stallMs: number;
  /** For a NameNode that is starting, standby or in safe mode, all tries together. */
  readonly unavailableMs: number;
  /** Tries in a row that break without having moved a byte. */
  readonly triesMax: number;
  /** Pause after the first try that failed; it doubles up to `pauseMaxMs`. */
  readonly pauseMs: number;
  readonly pauseMaxMs: number;
}

export const PATIENCE: Patience = {
  connectMs: 10_000,
  answerMs: 60_000,
  stallMs: 60_000,
  unavailableMs: 60_000,
  triesMax: 5,
  pauseMs: 100,
  pauseMaxMs: 5_000,
};

/** PEM texts for https; what is left out is Node's own (NODE_EXTRA_CA_CERTS adds to it). */
export interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Where HDFS is and who asks. */
export interface HdfsOptions {
  /** `http://host:port` of each NameNode of the service, or of one HttpFS; https and webhdfs too. */
  readonly nameNodes: readonly string[];
  /** `user.name` of a cluster without Kerberos. */
  readonly user?: string;
  /** A delegation token, as GETDELEGATIONTOKEN gives it; it replaces the user. */
  readonly token?: string;
  /** Act for this user; the cluster must allow it (hadoop.proxyuser.*). */
  readonly doAs?: string;
  /**
   * Where DataNodes really are, when they advertise names that cannot be reached from here:
   * `{ 'dn1': '10.0.0.7', 'dn2:9864': 'localhost:19864' }`.
   */
  readonly hosts?: Readonly<Record<string, string>>;
  readonly tls?: TlsOptions;
  readonly patience?: Partial<Patience>;
  /** Told, in words, whenever the client waits and tries again. */
  readonly onWait?: (said: string) => void;
}
