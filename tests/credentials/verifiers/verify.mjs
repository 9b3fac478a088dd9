// Asks two verifiers of other people about one credential. Reads a JSON of
// {credential, documents: {address: document}} and answers what each says. Opens no connection.
import {readFileSync} from 'node:fs';

const {credential, documents} = JSON.parse(readFileSync(0, 'utf8'));

globalThis.fetch = async request => {
  const address = typeof request === 'string' ? request : request.url;
  const found = documents[address];
  const body = JSON.stringify(found ?? {});
  return new Response(body, {
    status: found ? 200 : 404,
    headers: {'content-type': 'application/json'},
  });
};

const documentLoader = async url => {
  const [address, fragment] = url.split('#');
  let document = documents[url] ?? documents[address];
  if (!document && address.startsWith('did:web:')) {
    document = documents[didAddress(address)];
  }
  if (!document) throw new Error(`nothing is known of ${url}`);
  if (fragment && address.startsWith('did:web:')) {
    const method = document.verificationMethod.find(one => one.id === url);
    document = {'@context': 'https://w3id.org/security/multikey/v1', ...method};
  }
  return {contextUrl: null, documentUrl: url, document};
};

function didAddress(did) {
  const host = decodeURIComponent(did.slice('did:web:'.length));
  return `https://${host}/.well-known/did.json`;
}

async function digitalBazaar() {
  const vc = await import('@digitalbazaar/vc');
  const {DataIntegrityProof} = await import('@digitalbazaar/data-integrity');
  const {cryptosuite} = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
  const {checkStatus} = await import('@digitalbazaar/vc-bitstring-status-list');
  const suite = new DataIntegrityProof({cryptosuite});
  const said = await vc.verifyCredential({credential, suite, documentLoader, checkStatus});
  return {
    verified: said.verified,
    status: said.statusResult?.results?.map(one => one.status) ?? [],
    error: said.error ? String(said.error.errors ?? said.error) : '',
  };
}

async function digitalCredentials() {
  const {verifyCredential} = await import('@digitalcredentials/verifier-core');
  const said = await verifyCredential({credential, knownDIDRegistries: []});
  return {
    log: Object.fromEntries((said.log ?? []).map(one => [one.id, one.valid])),
    errors: (said.errors ?? []).map(one => one.name),
  };
}

console.log(JSON.stringify({
  digitalBazaar: await digitalBazaar(),
  digitalCredentials: await digitalCredentials(),
}));
