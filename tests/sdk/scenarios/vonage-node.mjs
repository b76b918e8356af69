// What does an app send with Vonage's SDK of Node?

export function connect(require, gate) {
  const { Vonage } = require("@vonage/server-sdk");
  const { Auth } = require("@vonage/auth");
  const hosts = { apiHost: `${gate.url}/vonage`, restHost: `${gate.url}/vonage-rest` };
  const byKey = new Vonage(new Auth({ apiKey: gate.account, apiSecret: gate.secret }), hosts);
  const byToken = new Vonage(
    new Auth({
      apiKey: gate.account,
      apiSecret: gate.secret,
      applicationId: gate.more.application,
      privateKey: gate.more.private_key,
    }),
    hosts,
  );
  return {
    messages: (fields) => byKey.messages.send(fields),
    token_messages: (fields) => byToken.messages.send(fields),
    sms: (fields) => byKey.sms.send(fields),
    call: (fields) => byToken.voice.createOutboundCall(fields),
  };
}

export function read(error) {
  return { status: error.response?.status, code: error.response?.data?.type };
}
