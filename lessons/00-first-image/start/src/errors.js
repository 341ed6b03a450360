// An error that the client caused and may read.
export class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}
