// Package absent refuses the state back ends that this build has no driver for.
package absent

import (
	"context"
	"fmt"
	"net/url"

	"gocloud.dev/blob"
)

// Opener says what to do in place of opening a bucket.
type Opener struct{}

// OpenBucketURL always fails.
func (Opener) OpenBucketURL(_ context.Context, bucket *url.URL) (*blob.Bucket, error) {
	return nil, fmt.Errorf("this Pulumi CLI was built from source for runs on one machine and keeps state in file:// only, "+
		"not in %s://; install the official one: https://www.pulumi.com/docs/install/", bucket.Scheme)
}
