// Package gcsblob stands in for the driver of gs://.
package gcsblob

import (
	"gocloud.dev/blob"
	"gocloud.dev/blob/absent"
)

// Scheme of the URLs.
const Scheme = "gs"

func init() {
	blob.DefaultURLMux().RegisterBucket(Scheme, absent.Opener{})
}
