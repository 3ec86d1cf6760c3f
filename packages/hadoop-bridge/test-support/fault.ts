// What can go wrong between a client and HDFS, as data. A fault meets one request.

/** Where on the way: the NameNode's answers, or the DataNode's. */
export type Side = 'nameNode' | 'dataNode';

export type Fault =
  /** The connection is reset before the request gets through. */
  | { readonly kind: 'reset' }
  /** The request is carried out; the connection is reset instead of an answer. */
  | { readonly kind: 'answer-lost' }
  /** Never a byte of an answer; the request does not get through. */
  | { readonly kind: 'silence' }
  /** 500 with a text, once. */
  | { readonly kind: 'error-500' }
  /** 403 with this exception. */
  | { readonly kind: 'exception'; readonly exception: string }
  /** Bytes that are no HTTP. */
  | { readonly kind: 'garbage' }
  /** 200 with the page of some portal. */
  | { readonly kind: 'page' }
  /** The body stops after so many bytes and the connection is reset. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The same, but the connection is closed as if all were well. */
  | { readonly kind: 'closed'; readonly afterBytes: number }
  /** The same without a Content-Length: nothing tells that more was to come. */
  | { readonly kind: 'closed-without-length'; readonly afterBytes: number }
  /** Content-Length itself is too small, and as much is sent. */
  | { readonly kind: 'short-length'; readonly afterBytes: number }
  /** More bytes than there are, with a Content-Length to match. */
  | { readonly kind: 'too-long'; readonly moreBytes: number }
  /** The body stops after so many bytes, and the connection stays. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** The request's body stops after so many bytes, on both sides. */
  | { readonly kind: 'upload-cut'; readonly afterBytes: number }
  /** The redirect leads to where nobody listens. */
  | { readonly kind: 'dead-redirect' };

/** A fault and the request that it waits for. */
export interface PlannedFault {
  readonly side: Side;
  /** Only a request for this operation; any when left out. */
  readonly op?: string;
  readonly fault: Fault;
}
