// Package s3 stands in for AWS's client; what remains is the type that the file back end looks for in other drivers.
package s3

// CopyObjectInput is made by no driver of this build.
type CopyObjectInput struct {
	CopySource *string
}
