// Package azureblob stands in for the driver of azblob://.
package azureblob

import (
	"gocloud.dev/blob"
	"gocloud.dev/blob/absent"
)

// Scheme of the URLs.
const Scheme = "azblob"

func init() {
	blob.DefaultURLMux().RegisterBucket(Scheme, absent.Opener{})
}

// URLOpener has the fields that the engine sets, and uses none of them.
type URLOpener struct {
	absent.Opener

	MakeClient        any
	ServiceURLOptions ServiceURLOptions
}

// ServiceURLOptions has no options.
type ServiceURLOptions struct{}

// NewDefaultClient makes nothing: no opener asks for it.
func NewDefaultClient() {}

// NewDefaultServiceURLOptions returns no options.
func NewDefaultServiceURLOptions() *ServiceURLOptions {
	return &ServiceURLOptions{}
}
