// Package s3blob stands in for the driver of s3://.
package s3blob

import (
	"gocloud.dev/blob"
	"gocloud.dev/blob/absent"
)

// Scheme of the URLs.
const Scheme = "s3"

func init() {
	blob.DefaultURLMux().RegisterBucket(Scheme, absent.Opener{})
}
