// What does an app send with Telnyx's SDK of Node?

export function connect(require, gate) {
  const Telnyx = require("telnyx");
  const client = new Telnyx({ apiKey: gate.secret, baseURL: `${gate.url}/telnyx/v2` });
  return {
    sms: (fields) => client.messages.send(fields),
    group_mms: (fields) => client.messages.sendGroupMms(fields),
    call: (fields) => client.calls.dial(fields),
    speak: ({ call, ...fields }) => client.calls.actions.speak(call, fields),
  };
}

export function read(error) {
  const first = error.error?.errors?.[0];
  return { status: error.status, code: first?.code, title: first?.title };
}
