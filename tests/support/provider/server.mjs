// An OpenID provider on loopback, for the tests: a real one (oidc-provider) with invented users,
// that can be told to answer as a broken or a hostile one would.
//
// node server.mjs '{"port": …, "client": {…}, "users": {"li": {"name": …, "groups": […]}}}'
// GET  /log           the parameters of every sign-in asked for
// POST /mood {"mood": "expired"}   what the next ID tokens are like; "" for good ones

import { createServer } from 'node:http';
import { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

const { port, client, users, conform = false, leaves = true } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const pair = () => generateKeyPair('RS256', { extractable: true });
const [ours, stranger] = await Promise.all([pair(), pair()]);
const asked = [];
let mood = '';

const provider = new Provider(issuer, {
  clients: [client],
  jwks: { keys: [{ ...(await exportJWK(ours.privateKey)), kid: 'ours', alg: 'RS256', use: 'sig' }] },
  cookies: { keys: ['not a secret'], names: { session: `session${port}`, interaction: `interaction${port}`, resume: `resume${port}` } },
  claims: { profile: ['name', 'preferred_username', 'groups'] },
  conformIdTokenClaims: conform,
  pkce: { required: () => true, methods: ['S256'] },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: leaves },
  },
  ttl: { AuthorizationCode: 60, AccessToken: 600, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
  interactions: { url: (ctx, interaction) => `/login/${interaction.uid}` },
  findAccount: (ctx, login) => users[login] && {
    accountId: login,
    claims: () => ({ sub: login, preferred_username: login, ...users[login] }),
  },
  // Nobody is asked whether the board may know their name: it is the same house.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
});

const HOUR = 3600;
const signed = (claims, key = ours.privateKey, alg = 'RS256') =>
  new SignJWT(claims).setProtectedHeader({ alg, kid: 'ours' }).sign(key);
const MOODS = {
  'another nonce': (claims) => signed({ ...claims, nonce: 'another' }),
  'no nonce': ({ nonce, ...claims }) => signed(claims),
  'another audience': (claims) => signed({ ...claims, aud: 'another', azp: claims.aud }),
  'another issuer': (claims) => signed({ ...claims, iss: 'http://127.0.0.1:1' }),
  expired: (claims) => signed({ ...claims, iat: claims.iat - 2 * HOUR, exp: claims.iat - HOUR }),
  'another key': (claims) => signed(claims, stranger.privateKey),
  unsigned: (claims) => new UnsecuredJWT(claims).encode(),
  'shared secret': (claims) => signed(claims, new TextEncoder().encode(client.client_secret), 'HS256'),
  'no token': () => undefined,
};

provider.use(async (ctx, next) => {
  if (ctx.path.startsWith('/login/')) return login(ctx);
  if (ctx.path === '/log') { ctx.body = asked; return undefined; }
  if (ctx.path === '/mood') { mood = JSON.parse(await sent(ctx)).mood; ctx.status = 204; return undefined; }
  if (ctx.path === '/auth' && ctx.query.client_id) asked.push({ ...ctx.query });
  if (ctx.path === '/token' && mood === 'broken') { ctx.status = 503; return undefined; }
  await next();
  if (ctx.path === '/token' && MOODS[mood] && ctx.body.id_token) {
    ctx.body = { ...ctx.body, id_token: await MOODS[mood](decodeJwt(ctx.body.id_token)) };
  }
  return undefined;
});

async function login(ctx) {
  if (ctx.method === 'GET') {
    ctx.type = 'html';
    ctx.body = `<!doctype html><title>Sign in</title><form method="post">
      <input name="login" autofocus><button name="go" value="in">Sign in</button>
      <button name="go" value="no">No</button></form>`;
    return;
  }
  const form = new URLSearchParams(await sent(ctx));
  const result = form.get('go') === 'no'
    ? { error: 'access_denied', error_description: 'the reader said no' }
    : { login: { accountId: form.get('login') } };
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
}

async function sent(ctx) {
  const parts = [];
  for await (const part of ctx.req) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

createServer(provider.callback()).listen(port, '127.0.0.1', () => console.log('ready'));
// Whoever started it is gone: so is it.
process.stdin.on('close', () => process.exit(0)).resume();
